/** The counts of a round, added up: single cells mean nothing, only the sum over a round's rows does. Pure; tested beside. */
import type { RoundTallyRow } from '@/api/rows';

export interface Sum {
  roster: number;
  added: number;
  sampled: number;
  tested_elsewhere: number;
  exempt: number;
  out_of_area: number;
}
export const counted: (keyof Sum)[] = [
  'roster',
  'added',
  'sampled',
  'tested_elsewhere',
  'exempt',
  'out_of_area',
];

type Area = NonNullable<RoundTallyRow['areas']>[number];

export const nothing = (): Sum => ({
  roster: 0,
  added: 0,
  sampled: 0,
  tested_elsewhere: 0,
  exempt: 0,
  out_of_area: 0,
});

export function byPlace<K>(rows: Pick<RoundTallyRow, 'areas'>[], place: (area: Area) => K): Map<K, Sum> {
  const sums = new Map<K, Sum>();
  for (const area of rows.flatMap((row) => row.areas ?? [])) {
    const sum = sums.get(place(area)) ?? nothing();
    for (const name of counted) sum[name] += area[name];
    sums.set(place(area), sum);
  }
  return sums;
}

/** By what a list is asked for a place: a comma for the people of none, as an empty value asks for all. */
export const placeFilter = (place: string) => place || ',';

export const missed = (sum: Sum) =>
  sum.roster + sum.added - sum.sampled - sum.tested_elsewhere - sum.exempt - sum.out_of_area;

export const coverage = (sum: Sum) => {
  const owed = sum.roster + sum.added - sum.exempt - sum.out_of_area;
  return owed > 0 ? (sum.sampled + sum.tested_elsewhere) / owed : 1;
};
