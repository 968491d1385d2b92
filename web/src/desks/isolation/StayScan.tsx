/** The stay of a person whose document was scanned: the open one, else the latest. */
import { ask } from '@/api/client';
import type { Page } from '@/api/queries';
import type { Stay } from '@/api/rows';
import { PersonScan } from '@/fields/PersonScan';
import type { BoardProps } from '@/ui/desk/types';

const isOver = (stay: Stay) => ['ended', 'converted', 'cancelled'].includes(stay.state);

async function staysOf(person: string): Promise<Stay | undefined> {
  const { rows } = await ask<Page<Stay>>('/v1/isolation/stays', { person, limit: 20 });
  return rows.find((stay) => !isOver(stay)) ?? rows[0];
}

export function StayScan({ select }: BoardProps) {
  return <PersonScan find={async (person) => (await staysOf(person))?.id} select={select} />;
}

/** For lists of transfers: the leg that person is on. */
export function LegScan({ select }: BoardProps) {
  return <PersonScan find={async (person) => (await staysOf(person))?.leg ?? undefined} select={select} />;
}
