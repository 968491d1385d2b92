/** What the trace of a case tells, and what becomes of it. Pure; tested beside. */
import type { Met } from '@/api/views';

export const rings = ['ring1', 'ring2', 'sources'] as const;
export type Ring = (typeof rings)[number];

/** Rows of a page, and the most a server lists at once. */
export const pageSize = 50;
export const mostListed = 500;

/** Minutes to choose from, from the least of the rulebook upwards. */
export function overlapChoices(least: number): number[] {
  return [least, ...[15, 30, 60, 120, 240, 480].filter((minutes) => minutes > least)];
}

export interface PlaceWords {
  /** Number of a flight, train, coach; its day. */
  service?: string;
  day?: string;
  place: string;
}

/** `990121001 农贸市场` and `service G77 2022-07-16`, as the index names places. */
export function placeWords(name: string): PlaceWords {
  const vehicle = /^service (.+) (\d{4}-\d{2}-\d{2})$/.exec(name);
  if (vehicle) return { service: vehicle[1] ?? '', day: vehicle[2] ?? '', place: vehicle[1] ?? '' };
  return { place: name.replace(/^\d+ /, '') };
}

export interface Named {
  contact: string;
  via?: string;
}

/** A line of name_contacts for somebody found by the trace; the evidence is that of the longest meeting. */
export function contactLine(met: Met, named: Named): Record<string, unknown> {
  const longest = [...met.evidence].sort((a, b) => b.minutes - a.minutes)[0];
  return {
    contact: named.contact,
    person: met.person,
    exposure_from: met.exposure_from,
    exposure_until: met.exposure_until,
    ...(met.place ? { place: placeWords(met.place).place } : {}),
    ...(longest?.rows_apart === undefined ? {} : { rows_apart: longest.rows_apart }),
    // Met at a stop of the case: the exposure follows the stop, should that be known better.
    ...(longest?.stop === undefined || named.via ? {} : { stop: longest.stop }),
    ...(named.via ? { via: named.via } : {}),
  };
}
