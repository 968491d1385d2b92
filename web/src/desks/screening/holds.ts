/** Who is held: members of positive or grey pools whose own single has not answered. Pure; tested beside. */
import type { Tube } from '@/api/rows';
import type { DutyRow } from '@/api/views';

/** Of the rules of the hold; each is one clock of one person. */
export const holdRules = ['OB-E4', 'OB-E4.late', 'OB-E4.again'];

export interface Held {
  person: string;
  pool: Tube;
  /** A single was taken and has not answered yet. */
  resampled: boolean;
  dueAt: string | undefined;
}

let asked: string | undefined;

/** Whom the board was opened at: the pool stands in the context, its form begins with this one. */
export function askFor(person: string): void {
  asked = person;
}
export const askedFor = (): string | undefined => asked;

/** The labels that may answer for a member of the pool: single, of its class and pathogen, of its round or of none. */
export function labelsFor(pool: Tube, labels: Tube[]): Tube[] {
  return labels.filter(
    (label) =>
      label.size === 1 &&
      label.class === pool.class &&
      label.pathogen === pool.pathogen &&
      (!label.round || label.round === pool.round),
  );
}

const heldStates = ['hold', 'grey', 'resampled'];

/** The most urgent first; whose single is under way last. */
export function heldIn(pools: Tube[], duties: DutyRow[]): Held[] {
  const due = new Map<string, string>();
  for (const { about, due_at } of duties) {
    const before = due.get(about);
    if (!before || due_at < before) due.set(about, due_at);
  }
  const held = pools.flatMap((pool) =>
    (pool.size > 1 ? (pool.members ?? []) : [])
      .filter((member) => heldStates.includes(member.state))
      .map(({ person, state }) => ({
        person,
        pool,
        resampled: state === 'resampled',
        dueAt: due.get(person),
      })),
  );
  const key = (one: Held) => `${one.resampled ? 1 : 0} ${one.dueAt ?? '9'}`;
  return held.sort((a, b) => key(a).localeCompare(key(b)));
}
