/** Which files of `dist/assets` a page can ever ask for: its scripts and styles, and what these import, now or later. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names of built files a text speaks of. */
const named = (text) => [...text.matchAll(/[\w.~-]+-[\w-]{6,}\.(?:js|css|wasm)/g)].map((found) => found[0]);

/**
 * @param {string} dist
 * @param {string} page
 * @returns {Set<string>}
 */
export function reachOf(dist, page) {
  const seen = new Set();
  const wait = named(readFileSync(join(dist, page), 'utf8'));
  for (let name = wait.pop(); name; name = wait.pop()) {
    if (seen.has(name)) continue;
    let text;
    try {
      text = readFileSync(join(dist, 'assets', name), 'utf8');
    } catch {
      continue; // a name that only looks like one
    }
    seen.add(name);
    if (name.endsWith('.js')) wait.push(...named(text));
  }
  return seen;
}
