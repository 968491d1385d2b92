// Without these, a filter could hide somebody who was there, or a contact be named with another's evidence.
import { describe, expect, it } from 'vitest';
import type { Met, Trace } from '@/api/views';
import { atLeast, contactLine, overlapChoices, placeWords } from './trace';

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

const trace = (rows: Met[], total = rows.length): Trace => ({
  case_id: 'c',
  person: 'p',
  window_from: '2022-07-14T00:00:00+08:00',
  window_until: '2022-07-17T00:00:00+08:00',
  min_overlap_min: 10,
  whole: true,
  visits: 9,
  known: true,
  ring1: { total, rows },
  as_of: { batch: 1, at: '2022-07-17T00:00:00+08:00' },
  persons: {},
});

describe('the filter by time together', () => {
  it('starts at the least of the rulebook and only goes up', () => {
    expect(overlapChoices(10)).toEqual([10, 15, 30, 60, 120, 240, 480]);
    expect(overlapChoices(30)).toEqual([30, 60, 120, 240, 480]);
  });

  it('keeps exactly so long, and counts what it keeps', () => {
    const all = trace([met('a', 90), met('b', 60), met('c', 59)]);
    expect(atLeast(all, 'ring1', 60)).toMatchObject({ total: 2, orMore: false });
    expect(atLeast(all, 'ring1', 10).total).toBe(3);
    expect(atLeast(all, 'ring2', 10)).toEqual({ rows: [], total: 0, orMore: false });
  });

  it('says when a cut answer may hide more', () => {
    const cut = trace([met('a', 90), met('b', 60)], 700);
    expect(atLeast(cut, 'ring1', 60).orMore).toBe(true);
    expect(atLeast(cut, 'ring1', 70).orMore).toBe(false);
    expect(atLeast(cut, 'ring1', 10)).toMatchObject({ total: 700, orMore: false });
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
});
