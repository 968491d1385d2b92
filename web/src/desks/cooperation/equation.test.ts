// Without this, a list could look complete while a line is missing from it.
import { expect, it } from 'vitest';
import { equation } from './equation';

const list = {
  lines: 10,
  loaded: 10,
  to_check: 2,
  reached: 1,
  not_here: 1,
  wrong_data: 1,
  refused: 1,
  settled: 4,
};

it('holds when every line is somewhere, and names what was not loaded', () => {
  expect(equation(list)).toMatchObject({ sum: 10, holds: true });
  expect(equation({ ...list, lines: 12 })).toMatchObject({ sum: 12, holds: true });
  expect(equation({ ...list, lines: 12 }).parts.at(-1)).toEqual({ state: 'missing', n: 2 });
  expect(equation({ ...list, settled: 3 }).holds).toBe(false);
  expect(equation({ ...list, lines: 9 }).holds).toBe(false);
});
