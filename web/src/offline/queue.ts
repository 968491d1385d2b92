/** The append-only queue of a device: number and key are given in the same transaction that keeps the record. */
import { makeId } from '@/fields/ids';
import type { FieldDb, QueueRecord } from './db';
import type { Vault } from './vault';

export interface Deed {
  operation: string;
  body: Record<string, unknown>;
  about?: string;
}

export interface Author {
  account: string;
  /** County this unit is at home in. */
  home: number;
  rules: string;
}

/** The name this device goes by: for good, so that its numbers have no second meaning. */
export async function deviceName(db: FieldDb): Promise<string> {
  const kept = await db.read<string>('device');
  if (kept) return kept;
  const made = `field-${[...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  await db.write('device', made);
  return made;
}

/**
 * Keeps deeds, all or none, in this order. `along` runs in the same transaction: what the screen will show is kept with
 * the record that says so, or neither is.
 */
export async function append(
  db: FieldDb,
  vault: Vault,
  author: Author,
  at: number,
  deeds: Deed[],
  along: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  // Sealing waits for the browser's cryptography, which would end a transaction: it comes first.
  const sealed = await Promise.all(deeds.map((deed) => vault.seal(deed.body)));
  await db.transaction('rw', db.queue, db.people, db.tubes, db.meta, async () => {
    let seq = (await db.read<number>('seq')) ?? 0;
    for (const [index, deed] of deeds.entries()) {
      seq += 1;
      const record: QueueRecord = {
        seq,
        key: makeId(author.home, at),
        operation: deed.operation,
        state: 'waiting',
        at,
        account: author.account,
        rules: author.rules,
        ...(sealed[index] ? { body: sealed[index] } : {}),
        ...(deed.about ? { about: deed.about } : {}),
      };
      await db.queue.add(record);
    }
    await db.write('seq', seq);
    await along();
  });
}

export interface QueueState {
  waiting: number;
  refused: number;
  /** When the oldest that waits happened, ms. */
  oldest?: number;
}

export async function queueState(db: FieldDb): Promise<QueueState> {
  const [waiting, refused, first] = await Promise.all([
    db.queue.where('state').equals('waiting').count(),
    db.queue.where('state').equals('refused').count(),
    db.queue.where('state').equals('waiting').first(),
  ]);
  return { waiting, refused, ...(first ? { oldest: first.at } : {}) };
}

/** A decision at a gate that can still be taken back: not yet a record, and not to be left behind either. */
export const heldKey = 'gate_held';

/** May the shift end? Only when nothing waits and the author has seen what was refused. */
export async function mayLeave(db: FieldDb): Promise<boolean> {
  const { waiting, refused } = await queueState(db);
  return waiting === 0 && refused === 0 && (await db.meta.get(heldKey)) === undefined;
}

/** The end of a shift: the key first, so that nothing readable is left even if the rest is cut off. */
export async function wipe(db: FieldDb): Promise<void> {
  if (!(await mayLeave(db))) throw new Error('the queue is not empty');
  await db.meta.delete('keys');
  await Promise.all([db.people.clear(), db.tubes.clear(), db.queue.clear()]);
  const kept = new Set(['device', 'seq']); // the device and its order go on
  await db.meta.filter((row) => !kept.has(row.name)).delete();
}
