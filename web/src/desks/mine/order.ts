/** Who is seen to first: the lost, then whose check is owed longest, then who is still to come. Pure; tested beside. */
import type { Stay } from '@/api/rows';

type Known = Pick<Stay, 'state' | 'next_check' | 'ordered_at'>;

const rank = (stay: Known) => (stay.state === 'absconded' ? 0 : stay.next_check ? 1 : 2);

export function inOrder<One extends Known>(stays: One[]): One[] {
  return [...stays].sort(
    (a, b) => rank(a) - rank(b) || (a.next_check ?? a.ordered_at).localeCompare(b.next_check ?? b.ordered_at),
  );
}
