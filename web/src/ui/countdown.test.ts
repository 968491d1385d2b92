// Without these, a duty could turn red a minute late, or count down on the browser's own wrong clock.
import { describe, expect, it } from 'vitest';
import { restDigits, restOf } from './countdown';
import { toInstant } from './time';

const due = toInstant('2022-07-17T22:55:00+08:00');
const at = (iso: string) => restOf(due, toInstant(`2022-07-17T${iso}+08:00`));

describe('countdown', () => {
  it('is neutral with an hour or more left', () => {
    expect(at('21:55:00')).toMatchObject({ urgency: 'calm', hours: 1, minutes: 0, seconds: 0 });
  });
  it('is amber under one hour', () => {
    expect(at('21:55:01')).toMatchObject({ urgency: 'soon', minutes: 59, seconds: 59 });
    expect(at('22:55:00')).toMatchObject({ urgency: 'soon', minutes: 0, seconds: 0 });
  });
  it('is red from the first second after', () => {
    expect(at('22:55:01')).toMatchObject({ urgency: 'overdue', seconds: 1 });
  });
  it('speaks in digits', () => {
    expect(restDigits(at('22:40:51'), 'd')).toBe('14:09');
    expect(restDigits(at('19:40:00'), 'd')).toBe('03:15:00');
    expect(restDigits(restOf(due, due - 51 * 3_600_000), 'd')).toBe('2 d 03:00');
    expect(restDigits(at('23:25:00'), 'd')).toBe('30:00');
  });
});
