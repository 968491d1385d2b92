/** The values a point takes along, out of the rulebook's pages: tables travel as JSON text. */
import type { PoolRules } from './sampling';

interface Stated {
  state?: string | undefined;
  value?: unknown;
  version?: string | undefined;
}

function tableOf<T>(entry: Stated, is: (cell: unknown) => cell is T): T[] | undefined {
  if (entry.state !== undefined && entry.state !== 'value') return undefined;
  const value: unknown = typeof entry.value === 'string' ? JSON.parse(entry.value) : entry.value;
  if (!Array.isArray(value) || !value.every(is)) throw new Error('not the table this page knows');
  return value;
}
const isNumber = (cell: unknown): cell is number => typeof cell === 'number';
const isText = (cell: unknown): cell is string => typeof cell === 'string';

/** Without a rule that lists sizes nobody is pooled; what cannot be read is an error, never a guess. */
export function poolRules(sizes: Stated, singleOnly: Stated): PoolRules {
  return {
    sizes: tableOf(sizes, isNumber) ?? [1],
    singleOnly: tableOf(singleOnly, isText) ?? [],
    version: sizes.version ?? '',
  };
}
