/**
 * A sampling point on one device: tubes, who is in them, boxes. Checks what the device can know by itself with the rules it
 * took along; the server repeats the decision. Each step is kept with the record that tells of it, or not at all.
 */
import { idOfCode, makeId } from '@/fields/ids';
import { residentId, tagText, type Document } from '@/fields/documents';
import type { FieldDb, LocalTube, MetPerson } from './db';
import { append, type Author, type Deed } from './queue';
import type { Vault } from './vault';

/** The rulebook's values this point works by, with their edition. */
export interface PoolRules {
  sizes: number[];
  singleOnly: string[];
  version: string;
}

/** What the point works with today. */
export interface PointSetup {
  sender: string;
  lab: string;
  class: string;
  size: number;
  pathogen: string;
  /** The sampling point of the county, and the round it works for; absent: a unit that samples by itself. */
  point?: string;
  round?: string;
}

export interface Site {
  db: FieldDb;
  vault: Vault;
  author: Author;
  setup: PointSetup;
  rules: PoolRules;
  now: () => number;
}

/** What came of a scan; codes of refusals are the server's. */
export type Said =
  | { kind: 'linked'; tube: string; count: number; size: number; tail: string; again: boolean }
  | { kind: 'tube'; tube: string; count: number; size: number }
  | { kind: 'sealed'; tube: string; count: number }
  | { kind: 'undone'; tube: string; tail: string }
  | { kind: 'voided'; tube: string }
  | { kind: 'boxed'; box: string; count: number }
  | { kind: 'queue'; count: number }
  | {
      kind: 'no';
      code:
        | 'no_tube'
        | 'no_point'
        | 'tube_full'
        | 'in_tube'
        | 'in_round'
        | 'again'
        | 'other_round'
        | 'single_only'
        | 'tube_used'
        | 'tube_open'
        | 'size'
        | 'nothing_to_seal'
        | 'nothing_to_undo'
        | 'nothing_to_box'
        | 'nothing_to_void';
      tube?: string;
    };

const currentKey = 'current_tube';
/** Whose second scan says that a second sample of them is meant. */
const againKey = 'again';

/** How many are in it, whoever put them there. */
export const countIn = (tube: LocalTube): number => tube.members.length + (tube.elsewhere ?? 0);

export async function currentTube(db: FieldDb): Promise<LocalTube | undefined> {
  const id = await db.read<string>(currentKey);
  const tube = id ? await db.tubes.get(id) : undefined;
  return tube && (tube.state === 'open' || tube.state === 'printed') ? tube : undefined;
}

/** A tube under the scanner: it is the one people go into now. A full one before it is sealed by that. */
export async function takeTube(site: Site, code: string): Promise<Said> {
  const { db, setup, rules } = site;
  const before = await currentTube(db);
  if (before?.code === code) return { kind: 'tube', tube: code, count: countIn(before), size: before.size };
  if (before && before.members.length > 0 && countIn(before) < before.size)
    return { kind: 'no', code: 'tube_open', tube: before.code };
  const known = await db.tubes.where('code').equals(code).first();
  if (known && known.state !== 'printed' && known.state !== 'open')
    return { kind: 'no', code: 'tube_used', tube: code };
  const tube = known ?? (await fresh(site, code));
  if (tube.round && setup.round && tube.round !== setup.round)
    return { kind: 'no', code: 'other_round', tube: code };
  if (!rules.sizes.includes(tube.size)) return { kind: 'no', code: 'size', tube: code };
  if (tube.size > 1 && rules.singleOnly.includes(tube.class))
    return { kind: 'no', code: 'single_only', tube: code };
  const full = before && before.members.length > 0 ? before : undefined;
  const deeds: Deed[] = full ? [sealing(site, full)] : [];
  if (!known)
    deeds.push({
      operation: 'screening.print_tubes',
      body: {
        sender: setup.sender,
        tubes: [{ tube: tube.id, code }],
        size: tube.size,
        class: tube.class,
        pathogen: tube.pathogen,
        ...(tube.round ? { round: tube.round } : {}),
      },
      about: code,
    });
  const at = site.now();
  await append(db, site.vault, site.author, at, deeds, async () => {
    if (full) await db.tubes.update(full.id, { state: 'sealed', sealedAt: at });
    if (!known) await db.tubes.add(tube);
    else if (!known.round && setup.round) await db.tubes.update(tube.id, { round: setup.round });
    await db.write(currentKey, tube.id);
  });
  return { kind: 'tube', tube: code, count: countIn(tube), size: tube.size };
}

/** A label this device was told nothing of: whether the server knows it is asked before anything about it is sent. */
async function fresh(site: Site, code: string): Promise<LocalTube> {
  const { size, pathogen, round } = site.setup;
  return {
    id: await idOfCode(site.author.home, code),
    code,
    size,
    class: site.setup.class,
    pathogen,
    state: 'printed',
    members: [],
    ...(round ? { round } : {}),
  };
}

const sealing = (site: Site, tube: LocalTube): Deed => ({
  operation: 'screening.seal_tube',
  body: { tube: tube.id, lab: site.setup.lab },
  about: tube.code,
});

/** Somebody with a document goes into the tube that is open. */
export async function addPerson(site: Site, number: string, type: string = residentId): Promise<Said> {
  const { db, vault } = site;
  const tube = await currentTube(db);
  if (!tube) return { kind: 'no', code: 'no_tube' };
  const document: Document = { type, number };
  const tag = await vault.tag(tagText(document));
  const known = await db.people.where('tag').equals(tag).first();
  if (known && tube.members.includes(known.id)) return { kind: 'no', code: 'in_tube', tube: tube.code };
  const earlier = known ? await earlierTube(site, known.id, tube) : undefined;
  const no = earlier && (await whyNotAgain(db, tag, tube));
  if (earlier && no) return { kind: 'no', code: no, tube: earlier.code };
  if (countIn(tube) >= tube.size) return { kind: 'no', code: 'tube_full', tube: tube.code };
  const at = site.now();
  const person = known ?? (await metPerson(site, document, tag, at));
  const deeds = [...(known ? [] : [meeting(person.id, document)]), linking(site, tube, person.id)];
  const members = [...tube.members, person.id];
  await append(db, vault, site.author, at, deeds, async () => {
    if (!known) await db.people.add(person);
    await db.tubes.update(tube.id, { members, state: 'open' });
    await db.meta.delete(againKey);
  });
  return {
    kind: 'linked',
    tube: tube.code,
    count: countIn({ ...tube, members }),
    size: tube.size,
    tail: number.slice(-4),
    again: earlier !== undefined,
  };
}

async function metPerson(site: Site, document: Document, tag: string, at: number): Promise<MetPerson> {
  return {
    id: makeId(site.author.home, at),
    tag,
    number: await site.vault.seal(document.number),
    ...(document.type === residentId ? {} : { document: document.type }),
    at,
  };
}

const meeting = (person: string, { type, number }: Document): Deed => ({
  operation: 'people.meet_person',
  body: { person, document_type: type, document_number: number },
});

/** The round is said with each: a label printed for none serves the one the point works for. */
function linking({ setup }: Site, tube: LocalTube, person: string): Deed {
  return {
    operation: 'screening.link_person',
    body: {
      tube: tube.id,
      person,
      ...(tube.round ? { round: tube.round } : {}),
      ...(setup.point ? { point: setup.point } : {}),
    },
    about: tube.code,
  };
}

/** Where this person is already: in the same round, as far as this device has seen. */
async function earlierTube(site: Site, person: string, now: LocalTube): Promise<LocalTube | undefined> {
  const roundOf = (tube: LocalTube) => tube.round ?? '';
  return site.db.tubes
    .filter((tube) => roundOf(tube) === roundOf(now) && tube.members.includes(person))
    .first();
}

/**
 * Whoever is held, or was in a tube that gave no result, is sampled again, and singly. Only the server knows who that is:
 * here a second scan says that it is meant and no slip. Into a pool nobody goes twice.
 */
async function whyNotAgain(
  db: FieldDb,
  tag: string,
  tube: LocalTube,
): Promise<'in_round' | 'again' | undefined> {
  if (tube.size > 1) return 'in_round';
  const meant = `${tag} ${tube.id}`;
  if ((await db.read<string>(againKey)) === meant) return undefined;
  await db.write(againKey, meant);
  return 'again';
}

/** The sampler belongs to the point's team: told once, said twice it changes nothing. */
export async function joinPoint(site: Site): Promise<void> {
  if (!site.setup.point) return;
  const deed: Deed = { operation: 'screening.join_point', body: { point: site.setup.point } };
  await append(site.db, site.vault, site.author, site.now(), [deed]);
}

/** How many stand in line: what the public sees, and what relief is sent by. */
export async function reportQueue(site: Site, waiting: number): Promise<Said> {
  if (!site.setup.point) return { kind: 'no', code: 'no_point' };
  const deed: Deed = { operation: 'screening.report_queue', body: { point: site.setup.point, waiting } };
  await append(site.db, site.vault, site.author, site.now(), [deed]);
  return { kind: 'queue', count: waiting };
}

export async function sealCurrent(site: Site): Promise<Said> {
  const { db } = site;
  const tube = await currentTube(db);
  if (!tube || tube.members.length === 0) return { kind: 'no', code: 'nothing_to_seal' };
  const at = site.now();
  await append(db, site.vault, site.author, at, [sealing(site, tube)], async () => {
    await db.tubes.update(tube.id, { state: 'sealed', sealedAt: at });
    await db.meta.delete(currentKey);
  });
  return { kind: 'sealed', tube: tube.code, count: tube.members.length };
}

/** The last person of the open tube was a mistake: told as a correction, the first record stays. */
export async function undoLast(site: Site, reason: string): Promise<Said> {
  const { db } = site;
  const tube = await currentTube(db);
  const wrong = tube?.members.at(-1);
  if (!tube || !wrong) return { kind: 'no', code: 'nothing_to_undo' };
  const person = await db.people.get(wrong);
  const tail = person ? (await site.vault.unseal<string>(person.number)).slice(-4) : '';
  const deed: Deed = {
    operation: 'screening.correct_link',
    body: { tube: tube.id, wrong, reason },
    about: tube.code,
  };
  const members = tube.members.slice(0, -1);
  await append(db, site.vault, site.author, site.now(), [deed], async () => {
    await db.tubes.update(tube.id, { members });
  });
  return { kind: 'undone', tube: tube.code, tail };
}

/** Spoilt before anybody was in it: no use for it, and its code is never another's. */
export async function voidCurrent(site: Site, reason: string): Promise<Said> {
  const { db } = site;
  const tube = await currentTube(db);
  if (!tube || countIn(tube) > 0) return { kind: 'no', code: 'nothing_to_void' };
  const deed: Deed = { operation: 'screening.void_tube', body: { tube: tube.id, reason }, about: tube.code };
  await append(db, site.vault, site.author, site.now(), [deed], async () => {
    await db.tubes.update(tube.id, { state: 'voided' });
    await db.meta.delete(currentKey);
  });
  return { kind: 'voided', tube: tube.code };
}

/** All sealed tubes of this device go into the box and out with the courier. */
export async function boxOut(site: Site, code: string): Promise<Said> {
  const { db } = site;
  const tubes = await db.tubes.where('state').equals('sealed').toArray();
  if (tubes.length === 0) return { kind: 'no', code: 'nothing_to_box' };
  const at = site.now();
  const deed: Deed = {
    operation: 'screening.box_tubes',
    body: {
      box: makeId(site.author.home, at),
      code,
      lab: site.setup.lab,
      tubes: tubes.map((tube) => tube.id),
    },
    about: code,
  };
  await append(db, site.vault, site.author, at, [deed], async () => {
    for (const tube of tubes) await db.tubes.update(tube.id, { state: 'boxed' });
  });
  return { kind: 'boxed', box: code, count: tubes.length };
}

export interface ShiftCounts {
  people: number;
  tubes: number;
  sealed: number;
  boxed: number;
}

export async function shiftCounts(db: FieldDb): Promise<ShiftCounts> {
  const counts: ShiftCounts = { people: 0, tubes: 0, sealed: 0, boxed: 0 };
  await db.tubes.each((tube) => {
    if (tube.members.length === 0) return;
    counts.people += tube.members.length;
    counts.tubes += 1;
    if (tube.state === 'sealed') counts.sealed += 1;
    if (tube.state === 'boxed') counts.boxed += 1;
  });
  return counts;
}
