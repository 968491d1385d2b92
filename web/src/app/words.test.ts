// @vitest-environment jsdom
// Without these, a screen could show a bare key, or one language could fall behind the other.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allOperations, operationMeta, type FieldMeta } from '@/api/catalogue';
import { keyOf } from '@/ui/desk/actions';
import type { Action } from '@/ui/desk/types';
import { desks } from './desks';
import en from './words/en';
import zh from './words/zh-CN';

function flat(words: object, lead = ''): Map<string, string> {
  const all = new Map<string, string>();
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === 'string') all.set(lead + key, value);
    else for (const [inner, word] of flat(value as object, `${lead}${key}.`)) all.set(inner, word);
  }
  return all;
}

const chinese = flat(zh);
const english = flat(en);
const has = (key: string) => chinese.has(key) && english.has(key);

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'generated' || entry.name === 'words' ? [] : sources(path);
    return /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.') ? [path] : [];
  });
}

describe('words', () => {
  it('have the same keys in both languages, none blank', () => {
    expect([...chinese.keys()].filter((key) => !english.has(key))).toEqual([]);
    expect([...english.keys()].filter((key) => !chinese.has(key))).toEqual([]);
    expect([...chinese, ...english].filter(([, word]) => word.trim() === '')).toEqual([]);
  });

  it('keep the same places to fill in', () => {
    const holes = (word: string) => (word.match(/\{\{\w+\}\}/g) ?? []).sort();
    for (const [key, word] of chinese) expect(holes(english.get(key) ?? ''), key).toEqual(holes(word));
  });

  it('hold no Chinese on the English side', () => {
    expect([...english].filter(([, word]) => /[一-鿿]/.test(word))).toEqual([]);
  });

  it('know every key a screen names', () => {
    const missing: string[] = [];
    for (const path of sources(join(process.cwd(), 'src'))) {
      const text = readFileSync(path, 'utf8');
      for (const found of text.matchAll(/\b(?:t|say)\('([a-z_0-9.]+)'/g))
        if (found[1] && !has(found[1])) missing.push(`${found[1]} in ${path}`);
      for (const found of text.matchAll(/(?:head|hint|label|title): '([a-z_0-9]+\.[a-z_0-9.]+)'/g)) {
        if (found[1] && !has(found[1])) missing.push(`${found[1]} in ${path}`);
      }
      for (const found of text.matchAll(
        /(?:text|code|moment|unit|yes|choice|word|due)Column(?:<\w+>)?\('(\w+)'/g,
      )) {
        if (!has(`field.${found[1] ?? ''}`)) missing.push(`field.${found[1] ?? ''} in ${path}`);
      }
    }
    expect(missing).toEqual([]);
  });
});

describe('words of forms', () => {
  const wanted = (field: FieldMeta): string[] => [
    `field.${field.name}`,
    ...(field.choices ?? []).map((choice) => `choice.${field.name}.${choice}`),
    ...(field.fields ?? []).flatMap(wanted),
  ];

  it('name every operation, field and choice the desks use', async () => {
    const used = new Set<string>();
    const missing = new Set<string>();
    for (const [name, load] of Object.entries(desks)) {
      const desk = (await load()).default;
      expect(has(`desk.name.${name}`)).toBe(true);
      for (const view of desk.views) {
        for (const key of [`${name}.view.${view.key}`, ...(view.Board ? [] : [`${name}.empty.${view.key}`])])
          if (!has(key)) missing.add(key);
        for (const value of view.narrow?.values ?? [])
          if (!has(`choice.${view.narrow?.field ?? ''}.${value}`))
            missing.add(`choice.${view.narrow?.field ?? ''}.${value}`);
      }
      const actions = [
        ...desk.views.flatMap((view) => view.actions ?? []),
        ...(desk.start ?? []),
      ] as Action<undefined>[];
      for (const action of actions) {
        used.add(action.operation);
        if (!has(`op.${keyOf(action)}`)) missing.add(`op.${keyOf(action)}`);
      }
    }
    for (const operation of used) {
      for (const field of operationMeta(operation).fields) {
        if (field.kind === 'id' && !['person', 'unit', 'account', 'room'].includes(field.tag ?? '')) continue;
        for (const key of wanted(field)) if (!has(key)) missing.add(`${key} of ${operation}`);
      }
    }
    expect([...missing].sort()).toEqual([]);
  });

  it('name every operation of the API', () => {
    expect(allOperations().filter((operation) => !has(`op.${operation.replace('/', '.')}`))).toEqual([]);
  });
});
