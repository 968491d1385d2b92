// @vitest-environment node
// Without these, a device could lose a sample, send it twice, or tell the next user who stood in line.
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Document } from '@/fields/documents';
import { toIso } from '@/ui/time';
import { FieldDb } from './db';
import { takeAlong, type FoundTube } from './labels';
import { poolRules } from './rules';
import { append, mayLeave, queueState, wipe } from './queue';
import {
  addPerson,
  boxOut,
  currentTube,
  sealCurrent,
  shiftCounts,
  takeTube,
  undoLast,
  voidCurrent,
  type Site,
} from './sampling';
import { settleRefused, upload, type BatchAnswer, type BatchItem, type Wire } from './upload';
import { Vault } from './vault';

vi.setConfig({ testTimeout: 60_000 }); // a busy machine is no fault of the queue

let number = 0;
let db: FieldDb;
let site: Site;

const id = (n: number) => `990121198604${String(n).padStart(6, '0')}`;

beforeEach(async () => {
  site = await device();
  db = site.db;
});

/** A device of its own at the point. */
async function device(): Promise<Site> {
  number += 1;
  const db = new FieldDb(`test-${String(number)}`);
  const vault = await Vault.enrol(db);
  return {
    db,
    vault,
    author: { account: 'a', home: 990121, rules: 'v' },
    setup: { sender: 's', lab: 'l', class: 'mass_round', size: 10, pathogen: 'covid19-cn' },
    rules: { sizes: [1, 5, 10], singleOnly: ['contact'], version: 'v' },
    now: () => 1_658_070_000_000,
  };
}

/** A server that remembers keys, loses answers when told, and knows some people. */
class Server implements Wire {
  taken = new Map<string, BatchItem>();
  order: number[] = [];
  loseAnswers = 0;
  known = new Map<string, string>();
  /** Tubes by code. */
  printed = new Map<string, FoundTube>();
  refuse: (item: BatchItem) => BatchAnswer | undefined = () => undefined;

  resolve = (documents: Document[]) =>
    Promise.resolve(documents.map(({ number }) => this.known.get(number) ?? null));
  tubes = (codes: string[]) => Promise.resolve(codes.map((code) => this.printed.get(code) ?? null));
  print(code: string, tube: string, more: Partial<FoundTube> = {}) {
    this.printed.set(code, { tube, state: 'printed', class: 'mass_round', size: 10, members: 0, ...more });
  }
  /** What the screening desk says of labels and of tubes it does not have. */
  judge(item: BatchItem): BatchAnswer | undefined {
    const [label] = (item.body.tubes ?? []) as { tube: string; code: string }[];
    if (item.operation === 'screening.print_tubes' && label) {
      if (this.printed.has(label.code)) return { status: 422, refusals: [{ code: 'R-TUB-11' }] };
      this.print(label.code, label.tube);
    }
    const ids = [...this.printed.values()].map(({ tube }) => tube);
    if (item.operation === 'screening.link_person' && !ids.includes(String(item.body.tube)))
      return { status: 422, refusals: [{ code: 'F-REF' }] };
    return undefined;
  }
  batch = (items: BatchItem[]): Promise<BatchAnswer[] | 'later'> => {
    const answers = items.map((item): BatchAnswer => {
      const before = this.taken.get(item.idempotency_key);
      if (before && JSON.stringify(before) !== JSON.stringify(item)) return { status: 409 };
      const no = this.refuse(item) ?? (before ? undefined : this.judge(item));
      if (no) return no;
      if (!before) this.order.push(item.device_seq);
      this.taken.set(item.idempotency_key, item);
      return { status: 200 };
    });
    if (this.loseAnswers > 0) {
      this.loseAnswers -= 1;
      return Promise.resolve('later');
    }
    return Promise.resolve(answers);
  };
  of = (operation: string) => [...this.taken.values()].filter((item) => item.operation === operation);
}

async function fill(tubes: number, people: number): Promise<void> {
  for (let tube = 0; tube < tubes; tube += 1) {
    await takeTube(site, `T${String(tube)}`);
    for (let person = 0; person < people; person += 1)
      expect((await addPerson(site, id(tube * people + person))).kind).toBe('linked');
  }
}

describe('the queue', () => {
  it('numbers without a gap, also when appended at once from two places', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        append(db, site.vault, site.author, at, [{ operation: 'x.y', body: { at } }]),
      ),
    );
    expect((await db.queue.toArray()).map((record) => record.seq)).toEqual(
      Array.from({ length: 20 }, (_, at) => at + 1),
    );
  });

  it('arrives once and in order, whatever is lost on the way', async () => {
    await fill(3, 10);
    await sealCurrent(site);
    const server = new Server();
    server.loseAnswers = 2;
    expect(await upload(db, site.vault, server)).toBe('later');
    expect(await upload(db, site.vault, server)).toBe('later');
    expect((await queueState(db)).waiting).toBeGreaterThan(0);
    expect(await upload(db, site.vault, server)).toBe('empty');
    expect(server.of('screening.link_person')).toHaveLength(30);
    expect(server.of('people.meet_person')).toHaveLength(30);
    expect(server.of('screening.seal_tube')).toHaveLength(3);
    expect(server.order).toEqual([...server.order].sort((a, b) => a - b));
    expect(await mayLeave(db)).toBe(true);
  });

  it('sends again byte for byte, even if the county learnt of the person meanwhile', async () => {
    await fill(1, 1);
    const server = new Server();
    server.loseAnswers = 1;
    await upload(db, site.vault, server);
    server.known.set(id(0), 'somebody');
    expect(await upload(db, site.vault, server)).toBe('empty');
  });

  it('names people the county knows by its own id', async () => {
    await fill(1, 2);
    const server = new Server();
    server.known.set(id(1), 'known-1');
    await upload(db, site.vault, server);
    expect(server.of('screening.link_person').map((item) => item.body.person)).toContain('known-1');
    expect(server.of('people.meet_person').map((item) => item.body.person)).toContain('known-1');
  });

  it('names travellers so, too', async () => {
    await fill(1, 1);
    const [met] = await db.people.toArray();
    const travellers = [{ arrival: 'a', person: met?.id, from: 110105 }];
    await append(db, site.vault, site.author, 1, [
      { operation: 'gates.register_arrivals', body: { travellers } },
    ]);
    const server = new Server();
    server.known.set(id(0), 'known-0');
    await upload(db, site.vault, server);
    expect(server.of('gates.register_arrivals')[0]?.body.travellers).toEqual([
      { arrival: 'a', person: 'known-0', from: 110105 },
    ]);
  });

  it('gives a refused record back to its author, and holds nothing up by it', async () => {
    await fill(1, 3);
    const server = new Server();
    server.refuse = (item) =>
      item.operation === 'screening.link_person' && item.device_seq === 5
        ? { status: 422, refusals: [{ code: 'R-TUB-4' }] }
        : undefined;
    expect(await upload(db, site.vault, server)).toBe('empty');
    expect(await queueState(db)).toMatchObject({ waiting: 0, refused: 1 });
    expect(await mayLeave(db)).toBe(false);
    await expect(wipe(db)).rejects.toThrow();
    await settleRefused(db, 5);
    expect(await mayLeave(db)).toBe(true);
  });

  it('waits behind what the server had no room for', async () => {
    await fill(1, 3);
    const server = new Server();
    server.refuse = (item) => (item.device_seq >= 4 ? { status: 503 } : undefined);
    expect(await upload(db, site.vault, server)).toBe('later');
    expect((await queueState(db)).waiting).toBe(4);
    server.refuse = () => undefined;
    expect(await upload(db, site.vault, server)).toBe('empty');
    expect(server.order).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('keeps nobody readable, and nothing at all after the shift', async () => {
    await fill(1, 2);
    const everything = async () => {
      const bytes = [...(await db.queue.toArray()), ...(await db.people.toArray())].flatMap((row) =>
        Object.values(row).map((value: unknown) =>
          value !== null && typeof value === 'object' && 'data' in value
            ? Buffer.from(value.data as ArrayBuffer).toString('latin1')
            : JSON.stringify(value),
        ),
      );
      return bytes.join(' ') + JSON.stringify(await db.tubes.toArray());
    };
    expect(await everything()).not.toContain(id(0).slice(6));
    await sealCurrent(site);
    await upload(db, site.vault, new Server());
    await wipe(db);
    expect(await Vault.open(db)).toBeUndefined();
    expect(await db.people.count()).toBe(0);
    expect(await db.tubes.count()).toBe(0);
    const again = await Vault.enrol(db);
    await append(db, again, site.author, 1, [{ operation: 'x.y', body: {} }]);
    expect((await db.queue.toArray())[0]?.seq).toBe(7); // the order of the device goes on
  });
});

describe('labels printed at a desk', () => {
  const untroubled = async (from: FieldDb) =>
    expect(await queueState(from)).toMatchObject({ waiting: 0, refused: 0 });

  it('are the tubes people are put into, also when the device was told nothing of them', async () => {
    const server = new Server();
    // Sealed in the same second in which it was taken: the server is told seconds.
    server.print('T0', 'of-the-desk', { state: 'sealed', sealed_at: toIso(site.now()) });
    site.now = () => 1_658_070_000_900;
    await fill(1, 3);
    await sealCurrent(site);
    await boxOut(site, 'B1');
    expect(await upload(db, site.vault, server)).toBe('empty');
    const tubes = (operation: string) => server.of(operation).map((item) => item.body.tube);
    expect(tubes('screening.link_person')).toEqual(Array(3).fill('of-the-desk'));
    expect(tubes('screening.seal_tube')).toEqual(['of-the-desk']);
    expect(server.of('screening.box_tubes')[0]?.body.tubes).toEqual(['of-the-desk']);
    await untroubled(db);
  });

  it('are taken along and need no second printing', async () => {
    const server = new Server();
    server.print('T0', 'of-the-desk', { size: 5 });
    const row = { id: 'of-the-desk', code: 'T0', size: 5, class: 'mass_round', pathogen: 'covid19-cn' };
    await takeAlong(db, [row]);
    await takeAlong(db, [{ ...row, members: [{ person: 'of another device' }] }]);
    await fill(1, 4);
    expect(await addPerson(site, id(9))).toMatchObject({ kind: 'no', code: 'tube_full' });
    expect(await upload(db, site.vault, server)).toBe('empty');
    expect(server.of('screening.print_tubes')).toEqual([]);
    expect(server.of('screening.link_person').map((item) => item.body.tube)).toEqual(
      Array(4).fill('of-the-desk'),
    );
    await untroubled(db);
  });

  it('mean one tube for two devices that met it without network', async () => {
    const server = new Server();
    const other = await device();
    await takeTube(site, 'T0');
    await addPerson(site, id(1));
    await takeTube(other, 'T0');
    await addPerson(other, id(2));
    expect(await upload(db, site.vault, server)).toBe('empty');
    // The other one asked before this one had told of it.
    const ask = server.tubes;
    server.tubes = (codes) => ((server.tubes = ask), Promise.resolve(codes.map(() => null)));
    expect(await upload(other.db, other.vault, server)).toBe('empty');
    expect(new Set(server.of('screening.link_person').map((item) => item.body.tube)).size).toBe(1);
    expect(server.of('screening.link_person')).toHaveLength(2);
    await untroubled(db);
    await untroubled(other.db);
  });

  it('come back to their author when the tube was closed before', async () => {
    const server = new Server();
    server.print('T0', 'of-the-desk', { state: 'authorised', sealed_at: '2022-07-16T08:00:00+08:00' });
    await fill(1, 1);
    expect(await upload(db, site.vault, server)).toBe('empty');
    expect((await queueState(db)).refused).toBe(1);
  });

  it('spoilt ones are made void before anybody is in them', async () => {
    await takeTube(site, 'T0');
    expect(await voidCurrent(site, 'torn')).toMatchObject({ kind: 'voided', tube: 'T0' });
    expect(await currentTube(db)).toBeUndefined();
    expect(await takeTube(site, 'T0')).toMatchObject({ kind: 'no', code: 'tube_used' });
    await fill(1, 0);
    await takeTube(site, 'T5');
    await addPerson(site, id(1));
    expect(await voidCurrent(site, 'torn')).toMatchObject({ kind: 'no', code: 'nothing_to_void' });
  });
});

describe('who is sampled twice', () => {
  const inRound = (round: string) => {
    site.setup.round = round;
  };

  it('is refused in the same round, and welcome in the next', async () => {
    inRound('first');
    await fill(1, 2);
    await sealCurrent(site);
    await takeTube(site, 'T5');
    expect(await addPerson(site, id(0))).toMatchObject({ kind: 'no', code: 'in_round', tube: 'T0' });
    await addPerson(site, id(7));
    await sealCurrent(site);
    inRound('second');
    await takeTube(site, 'T6');
    expect(await addPerson(site, id(0))).toMatchObject({ kind: 'linked', again: false });
    const server = new Server();
    await upload(db, site.vault, server);
    expect(server.of('screening.link_person').map((item) => item.body.round)).toEqual([
      'first',
      'first',
      'first',
      'second',
    ]);
  });

  it('goes into a single tube when scanned once more: held, or of a tube without result', async () => {
    inRound('first');
    await fill(1, 2);
    await sealCurrent(site);
    site.setup.size = 1;
    await takeTube(site, 'T5');
    expect(await addPerson(site, id(0))).toMatchObject({ kind: 'no', code: 'again', tube: 'T0' });
    expect(await addPerson(site, id(1))).toMatchObject({ kind: 'no', code: 'again' });
    expect(await addPerson(site, id(0))).toMatchObject({ kind: 'no', code: 'again' });
    expect(await addPerson(site, id(0))).toMatchObject({ kind: 'linked', again: true, count: 1 });
  });

  it('is met by a label of another round with a no', async () => {
    await takeAlong(db, [
      { id: 'x', code: 'T0', size: 10, class: 'mass_round', pathogen: 'covid19-cn', round: 'first' },
    ]);
    inRound('second');
    expect(await takeTube(site, 'T0')).toMatchObject({ kind: 'no', code: 'other_round' });
  });
});

describe('people without a resident card', () => {
  it('are met by the document they have, and are not who has the same number on another', async () => {
    await takeTube(site, 'T0');
    expect(await addPerson(site, 'E12345678', 'passport')).toMatchObject({ kind: 'linked' });
    expect(await addPerson(site, 'E12345678', 'passport')).toMatchObject({ code: 'in_tube' });
    expect(await addPerson(site, 'E12345678', 'other')).toMatchObject({ kind: 'linked', count: 2 });
    const server = new Server();
    const asked: Document[] = [];
    const resolve = server.resolve;
    server.resolve = (documents) => (asked.push(...documents), resolve(documents));
    await upload(db, site.vault, server);
    expect(asked[0]).toEqual({ type: 'passport', number: 'E12345678' });
    expect(server.of('people.meet_person')[0]?.body.document_type).toBe('passport');
  });
});

describe('the rules a point takes along', () => {
  it('are read as the rulebook states them, or not at all', () => {
    const sizes = { state: 'value', value: '[1,5,10,20]', version: 'v9' };
    expect(poolRules(sizes, { state: 'value', value: '["contact"]' })).toEqual({
      sizes: [1, 5, 10, 20],
      singleOnly: ['contact'],
      version: 'v9',
    });
    expect(poolRules({ state: 'not_allowed' }, { state: 'off' }).sizes).toEqual([1]);
    expect(() => poolRules({ state: 'value', value: '{"a":1}' }, {})).toThrow();
  });
});

describe('a sampling point', () => {
  it('refuses what the rules it took along refuse', async () => {
    expect(await addPerson(site, id(1))).toMatchObject({ kind: 'no', code: 'no_tube' });
    await takeTube(site, 'T1');
    await addPerson(site, id(1));
    expect(await addPerson(site, id(1))).toMatchObject({ kind: 'no', code: 'in_tube' });
    expect(await takeTube(site, 'T2')).toMatchObject({ kind: 'no', code: 'tube_open' });
    await sealCurrent(site);
    expect(await takeTube(site, 'T1')).toMatchObject({ kind: 'no', code: 'tube_used' });
    await takeTube(site, 'T2');
    expect(await addPerson(site, id(1))).toMatchObject({ kind: 'no', code: 'in_round', tube: 'T1' });
    site.setup.class = 'contact';
    await sealCurrent(site);
    site.setup.size = 20;
    expect(await takeTube(site, 'T3')).toMatchObject({ kind: 'no' });
  });

  it('takes ten and no eleventh; the next tube under the scanner seals the full one', async () => {
    await fill(1, 10);
    expect(await addPerson(site, id(99))).toMatchObject({ kind: 'no', code: 'tube_full' });
    expect(await takeTube(site, 'T9')).toMatchObject({ kind: 'tube', count: 0 });
    expect((await db.tubes.where('code').equals('T0').first())?.state).toBe('sealed');
  });

  it('tells a mistake as a correction', async () => {
    await fill(1, 2);
    expect(await undoLast(site, 'typed wrongly')).toMatchObject({ kind: 'undone' });
    expect((await shiftCounts(db)).people).toBe(1);
    const server = new Server();
    await upload(db, site.vault, server);
    expect(server.of('screening.link_person')).toHaveLength(2);
    expect(server.of('screening.correct_link')).toHaveLength(1);
    expect(await addPerson(site, id(1))).toMatchObject({ kind: 'linked', count: 2 });
  });

  it('boxes every sealed tube once', async () => {
    await fill(2, 10);
    await sealCurrent(site);
    expect(await boxOut(site, 'B1')).toMatchObject({ kind: 'boxed', count: 2 });
    expect(await boxOut(site, 'B2')).toMatchObject({ kind: 'no', code: 'nothing_to_box' });
    expect(await shiftCounts(db)).toEqual({ people: 20, tubes: 2, sealed: 0, boxed: 2 });
  });
});
