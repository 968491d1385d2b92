#!/usr/bin/env node
/**
 * JavaScript of a first visit, gzip, against the limits of ui.md §2. Follows the static imports of each entry, and the lazy parts a
 * first visit to that page always asks for, in the built files themselves.
 *   npm run size
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const dist = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist');
const assets = join(dist, 'assets');
const limitKb = 350;

/** Pages of a first visit: the document they begin with, and the lazy chunks they ask for, by the start of their file names. */
const pages = {
  'sign-in': ['index.html', 'zh-CN-'],
  'triage on a phone': ['index.html', 'zh-CN-', 'UserMenu-', 'DeskPage-', 'hospitals-'],
  'laboratory desk': ['index.html', 'zh-CN-', 'UserMenu-', 'DeskPage-', 'screening-'],
  'duty office': ['index.html', 'en-', 'UserMenu-', 'DeskPage-', 'command-'],
  gate: ['field.html', 'words_zh-', 'GatePage-', 'workbox-window'],
  'queues and own result': ['open.html', 'words_zh-'],
  'sampling point': ['field.html', 'words_zh-', 'SamplingPage-', 'workbox-window'],
  'my people on a phone': ['index.html', 'zh-CN-', 'UserMenu-', 'DeskPage-', 'mine-'],
  'transfers on a phone': ['index.html', 'zh-CN-', 'UserMenu-', 'DeskPage-', 'transport-'],
};

const files = readdirSync(assets).filter((name) => name.endsWith('.js'));
const entryOf = (document) => {
  const entry = /src="\/assets\/([^"]+\.js)"/.exec(readFileSync(join(dist, document), 'utf8'))?.[1];
  if (!entry) throw new Error(`dist/${document} names no entry: run the build first`);
  return entry;
};

const imports = (name) => {
  const text = readFileSync(join(assets, name), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)].map((found) => found[1]);
};

function reach(roots) {
  const seen = new Set();
  const wait = [...roots];
  for (let name = wait.pop(); name; name = wait.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    wait.push(...imports(name));
  }
  return [...seen];
}

let failed = false;
for (const [page, [document, ...lazy]] of Object.entries(pages)) {
  const roots = lazy.map((start) => {
    const found = files.find((name) => name.startsWith(start));
    if (!found) throw new Error(`no chunk ${start}*: rename it here too`);
    return found;
  });
  const all = reach([entryOf(document), ...roots]);
  const heavy = all.filter((name) => /date-?picker/i.test(name) || /^(?:Table|table)-/.test(name));
  const kb = all.reduce((sum, name) => sum + gzipSync(readFileSync(join(assets, name))).length, 0) / 1000;
  const isGood = kb <= limitKb && heavy.length === 0;
  failed ||= !isGood;
  console.log(
    `${isGood ? 'ok  ' : 'FAIL'} ${page}: ${kb.toFixed(1)} kB of ${limitKb} kB gzip in ${all.length} files ${heavy.join(' ')}`,
  );
}
process.exit(failed ? 1 : 0);
