/**
 * Sends the queue: in order, a piece at a time, each record under its own key and number, again and again until the server
 * has answered for it. One tab at a time.
 */
import { toIso } from '@/ui/time';
import type { FieldDb, MetPerson, QueueRecord } from './db';
import { deviceName } from './queue';
import type { Vault } from './vault';

const most = 400;

export interface BatchItem {
  operation: string;
  idempotency_key: string;
  body: Record<string, unknown>;
  occurred_at: string;
  device: string;
  device_seq: number;
  device_time: string;
}

export interface BatchAnswer {
  status: number;
  refusals?: unknown[];
  faults?: unknown[];
}

/** How the queue speaks to the server; a test puts another one here. */
export interface Wire {
  /** Ids of who holds these documents; null where nobody does. Undefined: no answer. */
  resolve: (numbers: string[]) => Promise<(string | null)[] | undefined>;
  batch: (items: BatchItem[]) => Promise<BatchAnswer[] | 'signed_out' | 'later'>;
}

export type Upload = 'empty' | 'later' | 'signed_out';

/** A server that is busy or gone answers for nothing; everything else is an answer. */
const isAnswer = (status: number) => status !== 429 && status < 500 && status !== 401;

export async function upload(db: FieldDb, vault: Vault, wire: Wire): Promise<Upload> {
  for (;;) {
    const records = await db.queue.where('state').equals('waiting').limit(most).sortBy('seq');
    if (records.length === 0) return 'empty';
    if (!(await settlePeople(db, vault, wire, records))) return 'later';
    const items = await Promise.all(records.map((record) => itemOf(db, vault, record)));
    const answers = await wire.batch(items);
    if (answers === 'later' || answers === 'signed_out') return answers;
    const left = await keepAnswers(db, records, answers);
    if (left) return left;
  }
}

/** Whom the county knows already gets that id, before anything about them is sent the first time. */
async function settlePeople(db: FieldDb, vault: Vault, wire: Wire, records: QueueRecord[]): Promise<boolean> {
  const open = await newlyMet(db, vault, records);
  if (open.length === 0) return true;
  const numbers = await Promise.all(open.map((person) => vault.unseal<string>(person.number)));
  const known = await wire.resolve(numbers);
  if (!known) return false;
  await db.transaction('rw', db.people, async () => {
    for (const [at, person] of open.entries())
      await db.people.update(person.id, { serverId: known[at] ?? person.id });
  });
  return true;
}

async function newlyMet(db: FieldDb, vault: Vault, records: QueueRecord[]): Promise<MetPerson[]> {
  const ids = new Set<string>();
  for (const record of records) {
    if (record.sent || !record.body) continue;
    const body = await vault.unseal<Record<string, unknown>>(record.body);
    for (const name of personFields) if (typeof body[name] === 'string') ids.add(body[name]);
  }
  const people = await db.people.bulkGet([...ids]);
  return people.filter(
    (person): person is MetPerson => person !== undefined && person.serverId === undefined,
  );
}

/** Fields of a body that name a person. */
const personFields = ['person', 'wrong', 'right'];

async function itemOf(db: FieldDb, vault: Vault, record: QueueRecord): Promise<BatchItem> {
  const body = record.sent
    ? await vault.unseal<Record<string, unknown>>(record.sent)
    : await finalBody(db, vault, record);
  return {
    operation: record.operation,
    idempotency_key: record.key,
    body,
    occurred_at: toIso(record.at),
    device: await deviceName(db),
    device_seq: record.seq,
    device_time: toIso(record.at),
  };
}

/** Names the server's people, and is kept as sent: a second try must not differ, or it were another command. */
async function finalBody(db: FieldDb, vault: Vault, record: QueueRecord): Promise<Record<string, unknown>> {
  if (!record.body) return {};
  const body = await vault.unseal<Record<string, unknown>>(record.body);
  for (const name of personFields) {
    const id = body[name];
    if (typeof id === 'string') body[name] = (await db.people.get(id))?.serverId ?? id;
  }
  const sent = await vault.seal(body);
  await db.queue.update(record.seq, { sent });
  return body;
}

/** In one transaction. Tells why the rest has to wait, if something was not answered. */
async function keepAnswers(
  db: FieldDb,
  records: QueueRecord[],
  answers: BatchAnswer[],
): Promise<Upload | undefined> {
  let left: Upload | undefined;
  await db.transaction('rw', db.queue, async () => {
    for (const [at, record] of records.entries()) {
      const answer = answers[at];
      if (!answer || !isAnswer(answer.status)) {
        left ??= answer?.status === 401 ? 'signed_out' : 'later';
        continue;
      }
      if (answer.status === 200) {
        await db.queue.update(record.seq, { state: 'done', body: undefined, sent: undefined });
        continue;
      }
      const { status, refusals = [], faults = [] } = answer;
      await db.queue.update(record.seq, { state: 'refused', answer: { status, refusals, faults } });
    }
  });
  return left;
}

/** The author has seen it and mended what there was to mend. */
export async function settleRefused(db: FieldDb, seq: number): Promise<void> {
  await db.queue.update(seq, { state: 'done', body: undefined, sent: undefined });
}
