import type { paths } from '@/api/generated/schema';
import { hour, toInstant } from '@/ui/time';

type Answer = paths['/v1/screening/backlog']['get']['responses']['200']['content']['application/json'];
export type BacklogRow = Answer['rows'][number];

/** One decimal: 0.5 is half an hour. */
export function hoursSince(from: string, now: number): string {
  return (Math.max(0, now - toInstant(from)) / hour).toFixed(1);
}

/** Of the last reported ones; a class without hours in the rulebook, or without reports, has no share. */
export function shareInTime(row: Pick<BacklogRow, 'reported' | 'reported_in_time' | 'limit_h'>): string {
  if (row.limit_h === undefined || row.reported === 0) return '–';
  return `${String(row.reported_in_time)}/${String(row.reported)}`;
}
