#!/usr/bin/env node
/**
 * Walks duties in the browser, role by role, against the real server.
 *   npm --prefix web run e2e            every story
 *   npm --prefix web run e2e -- sc01    those whose file name holds the word
 * The binary: FANGXIAN_BIN, else build/release/bin/fangxian. Screenshots land in web/shots/ (not committed).
 */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launch } from './lib/browser.mjs';
import { findBinary, makeDemonstration, serve } from './lib/realm.mjs';

const here = dirname(fileURLToPath(import.meta.url));
// The longest begins first, or it is walked alone at the end.
const isLong = (name) => name.startsWith('screens.');
const wanted = process.argv.slice(2);
const files = readdirSync(here)
  .filter((name) => name.endsWith('.story.mjs'))
  .filter((name) => wanted.length === 0 || wanted.some((word) => name.includes(word)))
  .sort((a, b) => Number(isLong(b)) - Number(isLong(a)) || a.localeCompare(b));

const binary = findBinary();
const demonstration = await makeDemonstration(binary);
const browser = await launch();
let passed = 0;
const failed = [];

async function tell(file) {
  const stories = (await import(pathToFileURL(join(here, file)).href)).default;
  const realm = await serve(binary, demonstration, file);
  for (const [name, story] of Object.entries(stories)) {
    const began = Date.now();
    try {
      await story({ browser, url: realm.url, signIns: demonstration.signIns });
      passed += 1;
      console.log(`ok    ${file}: ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
    } catch (error) {
      failed.push(`${file}: ${name}`);
      console.log(
        `FAIL  ${file}: ${name}\n      ${String(error?.stack ?? error)
          .split('\n')
          .slice(0, 12)
          .join('\n      ')}`,
      );
      if (realm.log.length > 0) console.log(`      server said: ${realm.log.join('').slice(-800)}`);
    }
  }
  await realm.stop();
}

// Each file has a realm of its own, so two of them can be walked at once: one waits for its pages, the other computes.
async function lane() {
  for (let file = files.shift(); file !== undefined; file = files.shift()) await tell(file);
}
await Promise.all([lane(), lane()]);

await browser.close();
demonstration.drop();
for (const name of failed) console.log(`failed: ${name}`);
console.log(`${passed} passed, ${failed.length} failed`);
process.exit(failed.length > 0 || passed === 0 ? 1 : 0);
