/**
 * A gate on one device. The verdict is computed here, by the signed snapshot this gate took along, with or without network;
 * what was done is a record like any other, and the server repeats the decision when it gets it.
 */
import { isSigned, judgeBy, type Seen, type SignedSnapshot, type Snapshot } from '@/desks/gates/snapshot';
import { forbidsPassing, type Judged } from '@/desks/gates/verdict';
import { residentId, tagText } from '@/fields/documents';
import { makeId } from '@/fields/ids';
import { hour, toIso } from '@/ui/time';
import type { FieldDb, MetPerson, Sealed } from './db';
import { arrivalDeed, driverDeed, emergencyDeed, type Driver, type Landing } from './lane';
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

export type Tallies = Record<Outcome | 'emergency', number>;
export const noTallies: Tallies = {
  passed: 0,
  second_check: 0,
  red_channel: 0,
  fever_clinic: 0,
  emergency: 0,
};

export async function tallies(db: FieldDb): Promise<Tallies> {
  return { ...noTallies, ...(await db.read<Tallies>(talliesKey)) };
}

/** Who else this person is at this gate: the driver of a truck, a traveller of what has just arrived. */
export interface Besides {
  driver?: Driver;
  landing?: Landing;
}

/** Of a traveller it is told where from: without that nobody can class him. */
export const lacksOrigin = (seen: Seen, besides: Besides): boolean =>
  besides.landing !== undefined && seen.places.length === 0;

/** A decision as it was made; sealed on the device until the time for taking it back is over. */
interface Held {
  seen: Seen;
  judged: Judged;
  outcome: Outcome;
  besides?: Besides;
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
  besides: Besides = {},
): Promise<void> {
  await tellHeld(site);
  const shift = kept.content.shift ?? null;
  const held: Held = { seen, judged, outcome, besides, snapshot: kept.id, shift, at: site.now() };
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
  const { person, isNew } = await whoIs(site, held.seen, held.at);
  const counts = await tallies(db);
  const arrived = arrivedKey(held, person.id);
  const isArriving = arrived !== undefined && (await db.meta.get(arrived)) === undefined;
  const deeds = [
    ...(isNew ? [meeting(person.id, held.seen)] : []),
    ...told(site, person.id, held, isArriving),
  ];
  await append(db, vault, site.author, held.at, deeds, async () => {
    if (isNew) await db.people.add(person);
    if (isArriving) await db.write(arrived, true);
    await db.meta.delete(heldKey);
    await db.write(talliesKey, { ...counts, [held.outcome]: counts[held.outcome] + 1 });
  });
}

/** To the buffer zone at once, whoever it is: told on the spot, and nothing of it is asked first. */
export async function declareEmergency(site: GateSite, seen: Seen): Promise<void> {
  await tellHeld(site);
  const { db, vault, author } = site;
  const at = site.now();
  const known = seen.documentNumber ? await whoIs(site, seen, at) : undefined;
  const counts = await tallies(db);
  const deeds = [
    ...(known?.isNew ? [meeting(known.person.id, seen)] : []),
    emergencyDeed(author.home, at, site.gate, known?.person.id),
  ];
  await append(db, vault, author, at, deeds, async () => {
    if (known?.isNew) await db.people.add(known.person);
    await db.write(talliesKey, { ...counts, emergency: counts.emergency + 1 });
  });
}

async function whoIs(
  { db, vault, author }: GateSite,
  seen: Seen,
  at: number,
): Promise<{ person: MetPerson; isNew: boolean }> {
  const { documentNumber: number, documentType: type = residentId } = seen;
  const tag = await vault.tag(tagText({ type, number }));
  const known = await db.people.where('tag').equals(tag).first();
  if (known) return { person: known, isNew: false };
  const person: MetPerson = {
    id: makeId(author.home, at),
    tag,
    number: await vault.seal(number),
    ...(type === residentId ? {} : { document: type }),
    at,
  };
  return { person, isNew: true };
}

/** Where it is kept that this traveller of what has just arrived was told: once, however often he is decided on. */
function arrivedKey({ seen, besides }: Held, person: string): string | undefined {
  const landing = besides?.landing;
  return landing && seen.places.length > 0 ? `gate_arrived:${landing.id}:${person}` : undefined;
}

/** The check, then what hangs on it. */
function told(site: GateSite, person: string, held: Held, isArriving: boolean): Deed[] {
  const { home } = site.author;
  const check = makeId(home, held.at);
  const { driver, landing } = held.besides ?? {};
  const [from] = held.seen.places;
  return [
    passage(site, check, person, held),
    ...(driver ? [driverDeed(home, held.at, check, driver)] : []),
    ...(isArriving && landing && from !== undefined
      ? [arrivalDeed(home, held.at, site.gate, landing, person, from)]
      : []),
  ];
}

const meeting = (person: string, seen: Seen): Deed => ({
  operation: 'people.meet_person',
  body: {
    person,
    document_type: seen.documentType ?? residentId,
    document_number: seen.documentNumber,
  },
});

function passage(site: GateSite, check: string, person: string, held: Held): Deed {
  const { seen, at } = held;
  const hours = seen.certificate_age;
  const body: Record<string, unknown> = {
    check,
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
