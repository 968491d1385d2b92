/**
 * A sampling point on one device: tubes, who is in them, boxes. Checks what the device can know by itself with the rules it
 * took along; the server repeats the decision. Each step is kept with the record that tells of it, or not at all.
 */
import { makeId } from '@/fields/ids';
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
  | { kind: 'linked'; tube: string; count: number; size: number; tail: string }
  | { kind: 'tube'; tube: string; count: number; size: number }
  | { kind: 'sealed'; tube: string; count: number }
  | { kind: 'undone'; tube: string; tail: string }
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
        | 'single_only'
        | 'tube_used'
        | 'tube_open'
        | 'size'
        | 'nothing_to_seal'
        | 'nothing_to_undo'
        | 'nothing_to_box';
      tube?: string;
    };

const currentKey = 'current_tube';

export async function currentTube(db: FieldDb): Promise<LocalTube | undefined> {
  const id = await db.read<string>(currentKey);
  const tube = id ? await db.tubes.get(id) : undefined;
  return tube && (tube.state === 'open' || tube.state === 'printed') ? tube : undefined;
}

/** A tube under the scanner: it is the one people go into now. A full one before it is sealed by that. */
export async function takeTube(site: Site, code: string): Promise<Said> {
  const { db, setup, rules } = site;
  const before = await currentTube(db);
  if (before?.code === code)
    return { kind: 'tube', tube: code, count: before.members.length, size: before.size };
  if (before && before.members.length > 0 && before.members.length < before.size)
    return { kind: 'no', code: 'tube_open', tube: before.code };
  const known = await db.tubes.where('code').equals(code).first();
  if (known && known.state !== 'printed' && known.state !== 'open')
    return { kind: 'no', code: 'tube_used', tube: code };
  const tube = known ?? fresh(site, code);
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
        ...(setup.round ? { round: setup.round } : {}),
      },
      about: code,
    });
  const at = site.now();
  await append(db, site.vault, site.author, at, deeds, async () => {
    if (full) await db.tubes.update(full.id, { state: 'sealed', sealedAt: at });
    if (!known) await db.tubes.add(tube);
    await db.write(currentKey, tube.id);
  });
  return { kind: 'tube', tube: code, count: tube.members.length, size: tube.size };
}

function fresh(site: Site, code: string): LocalTube {
  const { size, pathogen } = site.setup;
  return {
    id: makeId(site.author.home, site.now()),
    code,
    size,
    class: site.setup.class,
    pathogen,
    state: 'printed',
    members: [],
  };
}

const sealing = (site: Site, tube: LocalTube): Deed => ({
  operation: 'screening.seal_tube',
  body: { tube: tube.id, lab: site.setup.lab },
  about: tube.code,
});

/** Somebody with a document goes into the tube that is open. */
export async function addPerson(site: Site, number: string): Promise<Said> {
  const { db, vault } = site;
  const tube = await currentTube(db);
  if (!tube) return { kind: 'no', code: 'no_tube' };
  const tag = await vault.tag(number);
  const known = await db.people.where('tag').equals(tag).first();
  if (known && tube.members.includes(known.id)) return { kind: 'no', code: 'in_tube', tube: tube.code };
  const earlier = known ? await tubeOf(db, known.id) : undefined;
  if (earlier) return { kind: 'no', code: 'in_round', tube: earlier.code };
  if (tube.members.length >= tube.size) return { kind: 'no', code: 'tube_full', tube: tube.code };
  const at = site.now();
  const person: MetPerson = known ?? {
    id: makeId(site.author.home, at),
    tag,
    number: await vault.seal(number),
    at,
  };
  const deeds: Deed[] = [
    {
      operation: 'people.meet_person',
      body: { person: person.id, document_type: 'resident_id', document_number: number },
    },
    {
      operation: 'screening.link_person',
      body: { tube: tube.id, person: person.id, ...(site.setup.point ? { point: site.setup.point } : {}) },
      about: tube.code,
    },
  ];
  const members = [...tube.members, person.id];
  await append(db, vault, site.author, at, known ? deeds.slice(1) : deeds, async () => {
    if (!known) await db.people.add(person);
    await db.tubes.update(tube.id, { members, state: 'open' });
  });
  return { kind: 'linked', tube: tube.code, count: members.length, size: tube.size, tail: number.slice(-4) };
}

/** Where this person is already, in this shift on this device. */
async function tubeOf(db: FieldDb, person: string): Promise<LocalTube | undefined> {
  return db.tubes.filter((tube) => tube.members.includes(person)).first();
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
