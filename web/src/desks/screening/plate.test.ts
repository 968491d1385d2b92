import { describe, expect, it } from 'vitest';
import { hoursSince, shareInTime } from './backlog';
import { controlWells, fillPlate, readingOf, wellsInOrder } from './plate';

describe('a plate', () => {
  it('is filled column by column and leaves the controls their wells', () => {
    expect(wellsInOrder.length).toBe(94);
    expect(new Set(wellsInOrder).size).toBe(94);
    expect(wellsInOrder.slice(0, 9)).toEqual(['A1', 'B1', 'C1', 'D1', 'E1', 'F1', 'G1', 'H1', 'A2']);
    for (const well of controlWells) expect(wellsInOrder).not.toContain(well);
  });
  it('takes no more tubes than it has wells', () => {
    expect(fillPlate(['x', 'y'])).toEqual([
      { well: 'A1', tube: 'x' },
      { well: 'B1', tube: 'y' },
    ]);
    expect(fillPlate(wellsInOrder)?.length).toBe(94);
    expect(fillPlate([...wellsInOrder, 'one more'])).toBeUndefined();
  });
});

describe('what an instrument read', () => {
  it('is sent under our names of wells, without the genes that crossed no threshold', () => {
    expect(readingOf({ well: ' a01 ', result: 'positive', ct_orf1ab: 31.2, ct_n: undefined })).toEqual({
      well: 'A1',
      result: 'positive',
      ct: [{ gene: 'ORF1ab', ct: 31.2 }],
    });
    expect(readingOf({ well: 'H10', result: 'negative' })).toEqual({
      well: 'H10',
      result: 'negative',
      ct: [],
    });
  });
});

describe('a backlog', () => {
  it('says how long the oldest waits and how many were in time', () => {
    const at = Date.parse('2022-07-17T21:30:00+08:00');
    expect(hoursSince('2022-07-17T20:00:00+08:00', at)).toBe('1.5');
    expect(hoursSince('2022-07-17T22:00:00+08:00', at)).toBe('0.0');
    expect(shareInTime({ reported: 4, reported_in_time: 3, limit_h: 6 })).toBe('3/4');
    expect(shareInTime({ reported: 0, reported_in_time: 0, limit_h: 6 })).toBe('–');
    expect(shareInTime({ reported: 4, reported_in_time: 0 })).toBe('–');
  });
});
