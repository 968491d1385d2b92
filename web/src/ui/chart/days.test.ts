// Without these, a case of the evening could stand on the day before, or the axis be a black bar.
import { describe, expect, it } from 'vitest';
import { day, toInstant } from '../time';
import { midnight, scaleOf, ticksOf } from './days';

describe('days on an axis', () => {
  it('begin at midnight in Beijing', () => {
    expect(midnight(toInstant('2022-07-17T00:00:00+08:00'))).toBe(toInstant('2022-07-17T00:00:00+08:00'));
    expect(midnight(toInstant('2022-07-17T23:59:59+08:00'))).toBe(toInstant('2022-07-17T00:00:00+08:00'));
  });
  it('cover everything, with whole days', () => {
    const scale = scaleOf(
      [toInstant('2022-07-15T22:00:00+08:00'), toInstant('2022-07-17T01:00:00+08:00')],
      300,
    );
    expect((scale.until - scale.from) / day).toBe(3);
    expect(scale.x(toInstant('2022-07-16T12:00:00+08:00'))).toBe(150);
  });
  it('stand alone without any instant', () => {
    expect(scaleOf([], 100).until - scaleOf([], 100).from).toBe(day);
  });
  it('are named as often as there is room', () => {
    const year = scaleOf([0, 365 * day], 600);
    expect(ticksOf(year).length).toBeLessThanOrEqual(600 / 56);
    expect(ticksOf(scaleOf([0, 4 * day], 600))).toHaveLength(5);
  });
});
