/** What was recorded while two people stood as one: each record is somebody's, and an officer says whose. Pure; tested beside. */
import { toInstant } from '@/ui/time';

export interface Meanwhile {
  id: string;
  /** The list of the person page it is in: contacts, tubes, stays … */
  kind: string;
  /** Under which of the two entries it stands. */
  under: string;
  at: string;
}

/** Not records of the person, but of the registry and of who looked. */
const apart = ['entries', 'events', 'looks', 'accesses', 'duties', 'merge_reviews', 'assigned_records'];

/** Records of a person page with a moment of theirs between the merge and its undoing, the earliest first. */
export function recordsBetween(
  page: Record<string, unknown>,
  under: string,
  since: string,
  until: string,
): Meanwhile[] {
  const found: Meanwhile[] = [];
  for (const [kind, rows] of Object.entries(page)) {
    if (!Array.isArray(rows) || apart.includes(kind)) continue;
    for (const row of rows as Record<string, unknown>[]) {
      const at = momentOf(row, toInstant(since), toInstant(until));
      if (at && typeof row.id === 'string') found.push({ id: row.id, kind, under, at });
    }
  }
  return found.sort((a, b) => toInstant(a.at) - toInstant(b.at));
}

function momentOf(row: Record<string, unknown>, since: number, until: number): string | undefined {
  return Object.entries(row)
    .filter(([field, value]) => field.endsWith('_at') && typeof value === 'string' && value !== '')
    .map(([, value]) => String(value))
    .filter((at) => toInstant(at) >= since && toInstant(at) <= until)
    .sort((a, b) => toInstant(a) - toInstant(b))[0];
}
