/** What a laboratory's biosafety is on a day, as the server judges it; days as `YYYY-MM-DD`. Pure; tested beside. */
import type { Laboratory } from '@/api/rows';

type Sheet = Pick<Laboratory, 'safety' | 'cabinet_certified_until' | 'sheet_due'>;

const isOver = (day: string | null | undefined, today: string) => Boolean(day && day < today);

/** As the last sheet says, but held once the cabinet's certificate has lapsed, and a defect while a sheet is missing. */
export function safetyOn(row: Sheet, today: string): Laboratory['safety'] {
  if (row.safety === 'held' || isOver(row.cabinet_certified_until, today)) return 'held';
  return isOver(row.sheet_due, today) ? 'defect' : row.safety;
}
