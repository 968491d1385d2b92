// Without this, a building nobody has been to would stand as done.
import { describe, expect, it } from 'vitest';
import { placeFilter, byPlace, coverage, missed, nothing } from './sums';

const area = (township: number, building: string, roster: number, sampled: number) => ({
  ...nothing(),
  township,
  building,
  roster,
  sampled,
});

describe('the counts of a round', () => {
  const rows = [
    { areas: [area(1, 'A', 10, 4), area(1, 'B', 5, 5)] },
    { areas: [area(1, 'A', 0, 3), area(2, '', 7, 0)] },
  ];

  it('are added over the rows of all teams', () => {
    const sums = byPlace(rows, ({ township, building }) => `${String(township)} ${building}`);
    expect([...sums].map(([place, sum]) => [place, missed(sum)])).toEqual([
      ['1 A', 3],
      ['1 B', 0],
      ['2 ', 7],
    ]);
    expect(byPlace(rows, ({ township }) => township).get(1)?.roster).toBe(15);
  });

  it('owe nothing of whom nobody has to sample', () => {
    expect(coverage({ ...nothing(), roster: 4, sampled: 2, exempt: 1, out_of_area: 1 })).toBe(1);
    expect(coverage(nothing())).toBe(1);
  });

  it('are asked for by place: who lives in no building is not everybody', () => {
    expect(placeFilter('A')).toBe('A');
    expect(placeFilter('')).toBe(',');
  });
});
