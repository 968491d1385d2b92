// Without these, a second visit to a market could hide the first, or the window slide below the stops.
import { expect, it } from 'vitest';
import { inLines, type Bar } from './gantt';

const bar = (tone: Bar['tone'], label: string, from: number): Bar => ({
  key: `${label}${String(from)}`,
  label,
  from,
  until: from + 1,
  tone,
});

it('keeps the windows on top, then questions, then stops in the order of time, one line a place', () => {
  const lines = inLines([
    bar('stop', 'market', 5),
    bar('gap', '?', 3),
    bar('trip', 'G123', 2),
    bar('stop', 'home', 1),
    bar('stop', 'market', 4),
    bar('infectious', 'infectious', 0),
    bar('gap', '?', 9),
    bar('window', 'exposure', -9),
  ]);
  expect(lines.map((line) => [line.label, line.bars.map((one) => one.from)])).toEqual([
    ['exposure', [-9]],
    ['infectious', [0]],
    ['?', [3, 9]],
    ['home', [1]],
    ['G123', [2]],
    ['market', [4, 5]],
  ]);
});
