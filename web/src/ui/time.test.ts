// Without these, a nurse typing 2240 could record yesterday, or the time of another zone.
import { describe, expect, it } from 'vitest';
import { ageOn, civilDay, formatFull, formatMoment, readDay, readMoment, toInstant, toIso } from './time';

const now = toInstant('2022-07-17T22:40:05+08:00');

describe('time', () => {
  it('is Beijing time on any machine', () => {
    expect(formatMoment(now)).toBe('07-17 22:40');
    expect(formatFull(now)).toBe('2022-07-17 22:40:05');
    expect(toIso(now)).toBe('2022-07-17T22:40:05+08:00');
    expect(civilDay(toInstant('2022-07-17T16:30:00Z'))).toBe('2022-07-18');
  });

  it.each([
    ['2240', '2022-07-17T22:40:00+08:00'],
    ['22:40', '2022-07-17T22:40:00+08:00'],
    ['9:05', '2022-07-17T09:05:00+08:00'],
    ['0716 1805', '2022-07-16T18:05:00+08:00'],
    ['07-16 18：05', '2022-07-16T18:05:00+08:00'],
    ['2021-08-05 14:20', '2021-08-05T14:20:00+08:00'],
    ['2022-07-17T22:40:30', '2022-07-17T22:40:30+08:00'],
  ])('reads %s', (typed, iso) => {
    expect(readMoment(typed, now)).toBe(toInstant(iso));
  });

  it.each(['', '2460', '0231 1200', 'noon', '22', '1301 1200'])('does not guess %j', (typed) => {
    expect(readMoment(typed, now)).toBeUndefined();
  });

  it.each([
    ['0315', '2022-03-15'],
    ['2021-12-31', '2021-12-31'],
    ['20220717', '2022-07-17'],
  ])('reads the day %s', (typed, day) => {
    expect(readDay(typed, now)).toBe(day);
  });

  it('counts full years', () => {
    expect(ageOn('1986-04-12', '2022-07-17')).toBe(36);
    expect(ageOn('1986-07-18', '2022-07-17')).toBe(35);
    expect(ageOn('1986-07-17', '2022-07-17')).toBe(36);
    expect(ageOn('2004-02-29', '2022-02-28')).toBe(17);
  });

  it('refuses a day that does not exist', () => {
    expect(readDay('0230', now)).toBeUndefined();
    expect(readDay('1301', now)).toBeUndefined();
  });
});
