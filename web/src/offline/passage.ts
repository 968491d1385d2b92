/**
 * A gate on one device. The verdict is computed here, by the signed snapshot this gate took along, with or without network;
 * what was done is a record like any other, and the server repeats the decision when it gets it.
 */
import { isSigned, judgeBy, type Seen, type SignedSnapshot, type Snapshot } from '@/desks/gates/snapshot';
import { forbidsPassing, type Judged } from '@/desks/gates/verdict';
import { makeId } from '@/fields/ids';
import { hour, toIso } from '@/ui/time';
import type { FieldDb, MetPerson, Sealed } from './db';
import { append, heldKey, type Author, type Deed } from './queue';
import type { Vault } from './vault';

export type Outcome = 'passed' | 'second_check' | 'red_channel' | 'fever_clinic';

export interface GateSite {
  db: FieldDb;
  vault: Vault;
  author: Author;
  gate: string;
  now: () => number;
}

const snapshotKey = 'gate_snapshot';
const signerKey = 'gate_signer';
const talliesKey = 'gate_tallies';

export interface KeptSnapshot {
  id: string;
  content: Snapshot;
}

export async function keptSnapshot(db: FieldDb): Promise<KeptSnapshot | undefined> {
  return db.read<KeptSnapshot>(snapshotKey);
}

/**
 * Keeps a snapshot if the server signed it, by the same key as the first one of this shift. A browser that cannot tell
 * signatures takes it as it came, over the line the page itself came by.
 */
export async function keepSnapshot(db: FieldDb, signed: SignedSnapshot): Promise<boolean> {
  const signer = await db.read<string>(signerKey);
  if (signer !== undefined && signer !== signed.public_key) return false;
  if ((await isSigned(signed)) === false) return false;
  const content = JSON.parse(signed.payload) as Snapshot;
  await db.write(signerKey, signed.public_key);
  await db.write(snapshotKey, { id: signed.id, content } satisfies KeptSnapshot);
  return true;
}

/** Minutes since the server made it. */
export function ageMin(snapshot: Snapshot, now: number): number {
  return Math.max(0, (now - Date.parse(snapshot.issued_at)) / 60_000);
}

/** Older than the rulebook allows: what it does not stop is asked for by telephone. */
export function isTooOld(snapshot: Snapshot, now: number): boolean {
  const limit = snapshot.rules.snapshot_min;
  return typeof limit === 'number' && ageMin(snapshot, now) > limit;
}

export function judgeHere(kept: KeptSnapshot, seen: Seen, now: number): Promise<Judged> {
  return judgeBy(kept.content, seen, now);
}

/** What the gatekeeper may decide: never to let pass what forbids it. */
export function mayDecide(judged: Judged, outcome: Outcome): boolean {
  return outcome === 'red_channel' || outcome === 'fever_clinic' || !forbidsPassing(judged.verdict);
}

export type Tallies = Record<Outcome, number>;
export const noTallies: Tallies = { passed: 0, second_check: 0, red_channel: 0, fever_clinic: 0 };

export async function tallies(db: FieldDb): Promise<Tallies> {
  return (await db.read<Tallies>(talliesKey)) ?? noTallies;
}

/** A decision as it was made; sealed on the device until the time for taking it back is over. */
interface Held {
  seen: Seen;
  judged: Judged;
  outcome: Outcome;
  snapshot: string;
  shift: string | null;
  at: number;
}

/**
 * Keeps a decision, but does not tell it yet: within seconds it can be taken back by the same hand, and what was never
 * told needs no undoing. A decision held before is told by that.
 */
export async function decide(
  site: GateSite,
  kept: KeptSnapshot,
  seen: Seen,
  judged: Judged,
  outcome: Outcome,
): Promise<void> {
  await tellHeld(site);
  const shift = kept.content.shift ?? null;
  const held: Held = { seen, judged, outcome, snapshot: kept.id, shift, at: site.now() };
  await site.db.write(heldKey, await site.vault.seal(held));
}

export async function takeBack(db: FieldDb): Promise<boolean> {
  const held = await db.meta.get(heldKey);
  await db.meta.delete(heldKey);
  return held !== undefined;
}

/** Makes a record of the decision that is held, if there is one; together or not at all. */
export async function tellHeld(site: GateSite): Promise<void> {
  const { db, vault } = site;
  const sealed = await db.read<Sealed>(heldKey);
  if (!sealed) return;
  const held = await vault.unseal<Held>(sealed);
  const tag = await vault.tag(held.seen.documentNumber);
  const known = await db.people.where('tag').equals(tag).first();
  const person: MetPerson = known ?? {
    id: makeId(site.author.home, held.at),
    tag,
    number: await vault.seal(held.seen.documentNumber),
    at: held.at,
  };
  const counts = await tallies(db);
  const deeds = [...(known ? [] : [meeting(person.id, held.seen)]), passage(site, person.id, held)];
  await append(db, vault, site.author, held.at, deeds, async () => {
    if (!known) await db.people.add(person);
    await db.meta.delete(heldKey);
    await db.write(talliesKey, { ...counts, [held.outcome]: counts[held.outcome] + 1 });
  });
}

const meeting = (person: string, seen: Seen): Deed => ({
  operation: 'people.meet_person',
  body: { person, document_type: 'resident_id', document_number: seen.documentNumber },
});

function passage(site: GateSite, person: string, held: Held): Deed {
  const { seen, at } = held;
  const hours = seen.certificate_age;
  const body: Record<string, unknown> = {
    check: makeId(site.author.home, at),
    gate: site.gate,
    person,
    health: seen.health,
    travel: seen.travel,
    source: seen.health || seen.travel ? 'shown' : 'paper',
    temperature: seen.temperature,
    certificate_at: typeof hours === 'number' ? toIso(at - hours * hour) : undefined,
    places: seen.places,
    history_settled: seen.historySettled,
    outcome: held.outcome,
    shift: held.shift,
    local_verdict: held.judged.verdict,
    snapshot: held.snapshot,
  };
  const said = Object.entries(body).filter(([, value]) => value !== undefined && value !== null);
  return { operation: 'gates.record_passage', body: Object.fromEntries(said) };
}
