// Without these, a filter could hide somebody who was there, or a contact be named with another's evidence.
import { describe, expect, it } from 'vitest';
import type { Met } from '@/api/views';
import { contactLine, overlapChoices, placeWords } from './trace';

const met = (person: string, longest: number): Met => ({
  person,
  exposure_from: '2022-07-16T10:00:00+08:00',
  exposure_until: '2022-07-16T12:00:00+08:00',
  meetings: 2,
  longest_min: longest,
  total_min: longest + 5,
  place: '990121001 农贸市场',
  evidence: [meeting(5, undefined), meeting(longest, 2)],
});

function meeting(minutes: number, rows_apart: number | undefined): Met['evidence'][number] {
  return {
    with: 'case',
    place: '990121001 农贸市场',
    from: '2022-07-16T10:00:00+08:00',
    until: '2022-07-16T11:00:00+08:00',
    minutes,
    known_by: 'camera',
    contact_known_by: 'scan',
    ...(rows_apart === undefined ? {} : { rows_apart }),
  };
}

describe('the filter by time together', () => {
  it('starts at the least of the rulebook and only goes up', () => {
    expect(overlapChoices(10)).toEqual([10, 15, 30, 60, 120, 240, 480]);
    expect(overlapChoices(30)).toEqual([30, 60, 120, 240, 480]);
  });
});

describe('a place of the index', () => {
  it('is told without its codes', () => {
    expect(placeWords('990121001 农贸市场')).toEqual({ place: '农贸市场' });
    expect(placeWords('service G77 2022-07-16')).toEqual({ service: 'G77', day: '2022-07-16', place: 'G77' });
  });
});

describe('naming from a row', () => {
  it('takes the time of all meetings and the seat of the longest', () => {
    expect(contactLine(met('a', 60), { contact: 'k', via: 'v' })).toEqual({
      contact: 'k',
      person: 'a',
      exposure_from: '2022-07-16T10:00:00+08:00',
      exposure_until: '2022-07-16T12:00:00+08:00',
      place: '农贸市场',
      rows_apart: 2,
      via: 'v',
    });
  });

  it('ties the exposure to the stop of the case, not to one of a contact', () => {
    const there = met('a', 60);
    const seen = { ...there, evidence: there.evidence.map((one) => ({ ...one, stop: 's' })) };
    expect(contactLine(seen, { contact: 'k' })).toMatchObject({ stop: 's' });
    expect(contactLine(seen, { contact: 'k', via: 'v' })).not.toHaveProperty('stop');
  });
});
