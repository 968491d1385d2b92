// Without these, a long board could leave a gap where rows should be, or draw all of them.
import { describe, expect, it } from 'vitest';
import { inRows, rowAt, rowsBetween, startsOf } from './rows';

describe('rows near the view', () => {
  const starts = startsOf([30, 100, 100, 30, 100]);
  it('knows where each begins', () => {
    expect(starts).toEqual([0, 30, 130, 230, 260, 360]);
  });
  it('finds the row at every height, also outside', () => {
    const slow = (top: number) =>
      Math.max(
        0,
        starts.slice(0, -1).findLastIndex((start) => start <= top),
      );
    for (let top = -50; top < 500; top += 1) expect(rowAt(starts, top), String(top)).toBe(slow(top));
  });
  it('covers what is seen and never more rows than there are', () => {
    expect(rowsBetween(starts, 40, 235)).toEqual({ first: 1, end: 4 });
    expect(rowsBetween(starts, 40, 235, 3)).toEqual({ first: 0, end: 5 });
    expect(rowsBetween(startsOf([]), 0, 900)).toEqual({ first: 0, end: 0 });
  });
  it('loses no card between rows', () => {
    const cards = Array.from({ length: 17 }, (_, at) => at);
    expect(inRows(cards, 5).flat()).toEqual(cards);
    expect(inRows(cards, 5).map((row) => row.length)).toEqual([5, 5, 5, 2]);
  });
});
