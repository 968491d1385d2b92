/** What a transition order does, counted: how many change how, and from which edition to which. Pure; tested beside. */
import type { Stay, TransitionLine, TransitionOrder } from '@/api/rows';

/** The harder on somebody, or the more urgent, the further left. */
export const changes = ['release_due', 'ended', 'home', 'shortened', 'kept', 'prolonged', 'officer'] as const;
export type Change = (typeof changes)[number];

/** A command takes so many stays; a county with more is gone through in several. */
export const mostStays = 1000;

type Counted = Pick<TransitionLine, 'class' | 'former_profile' | 'profile' | 'change'>;

/** One row of the summary: a class that leaves one edition for another, and how many change how. */
export interface Group {
  class: TransitionLine['class'];
  from: string;
  to: string;
  counts: Partial<Record<Change, number>>;
  total: number;
}

export function groupLines(lines: Counted[]): Group[] {
  const groups = new Map<string, Group>();
  for (const line of lines) {
    const key = [line.class, line.former_profile, line.profile].join(' ');
    const group: Group = groups.get(key) ?? {
      class: line.class,
      from: line.former_profile,
      to: line.profile,
      counts: {},
      total: 0,
    };
    group.counts[line.change] = (group.counts[line.change] ?? 0) + 1;
    group.total += 1;
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => b.total - a.total);
}

export function countChanges(groups: Group[]): Partial<Record<Change, number>> {
  const sum: Partial<Record<Change, number>> = {};
  for (const group of groups)
    for (const change of changes)
      if (group.counts[change]) sum[change] = (sum[change] ?? 0) + group.counts[change];
  return sum;
}

/** Whom the order may concern, in portions a command takes; the server passes over who follows the new edition already. */
export function portions(
  stays: Pick<Stay, 'id' | 'pathogen' | 'class'>[],
  order: Pick<TransitionOrder, 'pathogen' | 'classes'>,
  most = mostStays,
): string[][] {
  const ids = stays
    .filter((stay) => stay.pathogen === order.pathogen && (order.classes ?? []).includes(stay.class))
    .map((stay) => stay.id);
  const parts: string[][] = [];
  for (let at = 0; at < ids.length; at += most) parts.push(ids.slice(at, at + most));
  return parts;
}
