/**
 * Sends the queue: in order, a piece at a time, each record under its own key and number, again and again until the server
 * has answered for it. One tab at a time.
 */
import { toIso } from '@/ui/time';
import { residentId, type Document } from '@/fields/documents';
import type { FieldDb, MetPerson, QueueRecord } from './db';
import { isPrintedBefore, printing, settleTubes, withServerTubes, type FoundTube } from './labels';
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
  resolve: (documents: Document[]) => Promise<(string | null)[] | undefined>;
  /** The tubes of these codes; null where nobody printed it. Undefined: no answer. */
  tubes: (codes: string[]) => Promise<(FoundTube | null)[] | undefined>;
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
    if (!(await settleTubes(db, vault, wire.tubes, records))) return 'later';
    const items = await Promise.all(records.map((record) => itemOf(db, vault, record)));
    const answers = await wire.batch(items);
    if (answers === 'later' || answers === 'signed_out') return answers;
    const printed = await printedBefore(wire, records, items, answers);
    if (!printed) return 'later';
    const left = await keepAnswers(db, records, answers, printed);
    if (left) return left;
  }
}

/** Whom the county knows already gets that id, before anything about them is sent the first time. */
async function settlePeople(db: FieldDb, vault: Vault, wire: Wire, records: QueueRecord[]): Promise<boolean> {
  const open = await newlyMet(db, vault, records);
  if (open.length === 0) return true;
  const documents = await Promise.all(
    open.map(async ({ document = residentId, number }) => ({
      type: document,
      number: await vault.unseal<string>(number),
    })),
  );
  const known = await wire.resolve(documents);
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
    for (const id of peopleIn(body)) ids.add(id);
  }
  const people = await db.people.bulkGet([...ids]);
  return people.filter(
    (person): person is MetPerson => person !== undefined && person.serverId === undefined,
  );
}

/** Fields of a body that name a person. */
const personFields = ['person', 'wrong', 'right'];

/** Everybody a body names, also as one of several travellers. */
function peopleIn(body: Record<string, unknown>): string[] {
  const travellers = (body.travellers ?? []) as { person: string }[];
  const named = personFields.map((name) => body[name]).filter((id) => typeof id === 'string');
  return [...named, ...travellers.map(({ person }) => person)];
}

/** The same body with the server's people in it. */
async function withServerPeople(
  db: FieldDb,
  body: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const people = await db.people.bulkGet(peopleIn(body));
  const ids = new Map(people.flatMap((one) => (one?.serverId ? [[one.id, one.serverId] as const] : [])));
  const idOf = (id: string) => ids.get(id) ?? id;
  const out = { ...body };
  for (const name of personFields) if (typeof body[name] === 'string') out[name] = idOf(body[name]);
  if (Array.isArray(body.travellers))
    out.travellers = (body.travellers as { person: string }[]).map((one) => ({
      ...one,
      person: idOf(one.person),
    }));
  return out;
}

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

/** Names the server's people and tubes, and is kept as sent: a second try must not differ, or it were another command. */
async function finalBody(db: FieldDb, vault: Vault, record: QueueRecord): Promise<Record<string, unknown>> {
  if (!record.body) return {};
  const told = await vault.unseal<Record<string, unknown>>(record.body);
  const body = await withServerPeople(db, await withServerTubes(db, told));
  const sent = await vault.seal(body);
  await db.queue.update(record.seq, { sent });
  return body;
}

interface Refused {
  code?: string;
}

/** The records whose label was printed before and may be used all the same. Undefined: no answer. */
async function printedBefore(
  wire: Wire,
  records: QueueRecord[],
  items: BatchItem[],
  answers: BatchAnswer[],
): Promise<Set<number> | undefined> {
  const asked = records.flatMap((record, at) => {
    const refusals = (answers[at]?.refusals ?? []) as Refused[];
    const isUsed = refusals.length > 0 && refusals.every((one) => one.code === 'R-TUB-11');
    const [label] = (items[at]?.body.tubes ?? []) as { tube: string; code: string }[];
    return record.operation === printing && isUsed && label ? [{ record, label }] : [];
  });
  if (asked.length === 0) return new Set();
  const found = await wire.tubes(asked.map(({ label }) => label.code));
  const good = asked.filter(({ record, label }, at) =>
    isPrintedBefore(found?.[at], label.tube, toIso(record.at)),
  );
  return found && new Set(good.map(({ record }) => record.seq));
}

/** In one transaction. Tells why the rest has to wait, if something was not answered. */
async function keepAnswers(
  db: FieldDb,
  records: QueueRecord[],
  answers: BatchAnswer[],
  printed: Set<number>,
): Promise<Upload | undefined> {
  let left: Upload | undefined;
  await db.transaction('rw', db.queue, async () => {
    for (const [at, record] of records.entries()) {
      const answer = answers[at];
      if (!answer || !isAnswer(answer.status)) {
        left ??= answer?.status === 401 ? 'signed_out' : 'later';
        continue;
      }
      if (answer.status === 200 || printed.has(record.seq)) {
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
