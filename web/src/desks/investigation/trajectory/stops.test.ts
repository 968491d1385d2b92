// Without these, a question could stand beside the wrong stop, or a stop with an unjudged contact look done.
import { describe, expect, it } from 'vitest';
import { inTime, isSettled, tally } from './stops';

const stop = (from: string, more: object = {}) => ({
  from,
  until: from,
  in_window: true,
  outcome: undefined,
  found: 0,
  judged: 0,
  ...more,
});
const gap = (from: string, answered = false) => ({ from, until: from, answered });

describe('a trajectory', () => {
  it('has its questions between the stops, whatever zone a time was written in', () => {
    const lines = inTime(
      [stop('2022-07-16T20:00:00+08:00'), stop('2022-07-16T09:00:00Z')],
      [gap('2022-07-16T19:00:00+08:00')],
    );
    expect(lines.map((line) => line.kind)).toEqual(['stop', 'gap', 'stop']);
  });
  it('asks only for stops of the window, until all found there are judged', () => {
    expect(isSettled(stop('x', { in_window: false }))).toBe(true);
    expect(isSettled(stop('x'))).toBe(false);
    expect(isSettled(stop('x', { outcome: 'asked', found: 2, judged: 1 }))).toBe(false);
    expect(isSettled(stop('x', { outcome: 'no_contact_possible' }))).toBe(true);
  });
  it('counts what is open', () => {
    expect(tally([stop('x'), stop('y', { outcome: 'asked' })], [gap('z'), gap('z', true)])).toEqual({
      openStops: 1,
      openGaps: 1,
    });
  });
});
