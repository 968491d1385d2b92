/** lines = to check + reached + refused + not here + wrong data + settled + not yet loaded. Pure; tested beside. */
import type { AreaList } from '@/api/rows';

const states = ['settled', 'not_here', 'wrong_data', 'reached', 'refused', 'to_check'] as const;

export type Counted = Pick<AreaList, 'lines' | 'loaded' | (typeof states)[number]>;

export function equation(list: Counted) {
  const parts: { state: string; n: number }[] = states.map((state) => ({ state, n: list[state] }));
  const loaded = parts.reduce((sum, part) => sum + part.n, 0);
  const missing = list.lines - list.loaded;
  if (missing !== 0) parts.push({ state: 'missing', n: missing });
  return { parts, sum: loaded + missing, holds: loaded === list.loaded && missing >= 0 };
}
