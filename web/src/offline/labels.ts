/**
 * Labels somebody printed at a desk are tubes of the server's already. Those of the unit are taken along while the network
 * is there; what was not, is asked by its code before anything about it is sent.
 */
import type { FieldDb, LocalTube, QueueRecord } from './db';
import type { Vault } from './vault';

export const printing = 'screening.print_tubes';

/** A tube as the server's list has it: what of it a point needs. */
export interface PrintedTube {
  id: string;
  code: string;
  size: number;
  class: string;
  pathogen: string;
  round?: string | null | undefined;
  members?: { person: string }[] | undefined;
}

/** What the server tells of a code. */
export interface FoundTube {
  tube: string;
  state: string;
  class: string;
  size: number;
  members: number;
  round?: string | undefined;
  sealed_at?: string | undefined;
}

/** Keeps the labels of the unit that nobody has closed yet; one that is in use here is only told how full others made it. */
export async function takeAlong(db: FieldDb, rows: PrintedTube[]): Promise<void> {
  await db.transaction('rw', db.tubes, db.people, async () => {
    const here = new Map((await db.tubes.toArray()).map((tube) => [tube.code, tube]));
    for (const row of rows) {
      const tube = here.get(row.code);
      if (!tube) await db.tubes.add(labelOf(row));
      else if (tube.state === 'printed' || tube.state === 'open')
        await db.tubes.update(tube.id, { elsewhere: await othersIn(db, tube, row) });
    }
  });
}

const labelOf = (row: PrintedTube): LocalTube => ({
  id: row.id,
  serverId: row.id,
  code: row.code,
  size: row.size,
  class: row.class,
  pathogen: row.pathogen,
  state: 'printed',
  members: [],
  elsewhere: row.members?.length ?? 0,
  ...(row.round ? { round: row.round } : {}),
});

/** Who is in it by the server and was not put there from here. */
async function othersIn(db: FieldDb, tube: LocalTube, row: PrintedTube): Promise<number> {
  const mine = await db.people.bulkGet(tube.members);
  const ids = new Set(mine.flatMap((person) => (person ? [person.id, person.serverId ?? person.id] : [])));
  return row.members?.filter((member) => !ids.has(member.person)).length ?? 0;
}

type Ask = (codes: string[]) => Promise<(FoundTube | null)[] | undefined>;

/** Which tube each code names, before anything about it is sent the first time. False: no answer. */
export async function settleTubes(
  db: FieldDb,
  vault: Vault,
  ask: Ask,
  records: QueueRecord[],
): Promise<boolean> {
  const open = await unsettled(db, vault, records);
  if (open.length === 0) return true;
  const found = await ask(open.map((tube) => tube.code));
  if (!found) return false;
  await db.transaction('rw', db.tubes, async () => {
    for (const [at, tube] of open.entries()) await db.tubes.update(tube.id, told(tube, found[at]));
  });
  return true;
}

async function unsettled(db: FieldDb, vault: Vault, records: QueueRecord[]): Promise<LocalTube[]> {
  const ids = new Set<string>();
  for (const record of records)
    if (!record.sent && record.body)
      for (const id of tubesIn(await vault.unseal<Record<string, unknown>>(record.body))) ids.add(id);
  const tubes = await db.tubes.bulkGet([...ids]);
  return tubes.filter((tube): tube is LocalTube => tube !== undefined && tube.serverId === undefined);
}

function told(tube: LocalTube, found: FoundTube | null | undefined): Partial<LocalTube> {
  if (!found) return { serverId: tube.id };
  const { tube: serverId, size, members } = found;
  return { serverId, size, class: found.class, elsewhere: members };
}

/** The tubes a body names: one, several, or several with their codes. */
function tubesIn({ tube, tubes }: Record<string, unknown>): string[] {
  const many: unknown[] = Array.isArray(tubes) ? tubes : [];
  const named = many.map((one) => (typeof one === 'string' ? one : (one as { tube: string }).tube));
  return typeof tube === 'string' ? [tube, ...named] : named;
}

/** The same body with the server's tubes in it. */
export async function withServerTubes(
  db: FieldDb,
  body: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const known = await db.tubes.bulkGet(tubesIn(body));
  const ids = new Map(known.flatMap((tube) => (tube?.serverId ? [[tube.id, tube.serverId] as const] : [])));
  const idOf = (id: string) => ids.get(id) ?? id;
  const out = { ...body };
  if (typeof body.tube === 'string') out.tube = idOf(body.tube);
  if (Array.isArray(body.tubes))
    out.tubes = (body.tubes as (string | { tube: string })[]).map((one) =>
      typeof one === 'string' ? idOf(one) : { ...one, tube: idOf(one.tube) },
    );
  return out;
}

/**
 * @param takenAt when it was taken into use here, as the server was told
 *
 * "Already printed" is what a label of somebody else's answers when this device takes it into use: what was wanted holds.
 * Not so when the code names another tube than the one people were put into here, or one that was closed before.
 */
export function isPrintedBefore(found: FoundTube | null | undefined, sent: string, takenAt: string): boolean {
  if (found?.tube !== sent) return false;
  if (found.sealed_at !== undefined) return Date.parse(found.sealed_at) >= Date.parse(takenAt);
  return found.state === 'printed' || found.state === 'open';
}
