/** The device and who works with it: kept over reloads and without network, given up at the end of the shift. */
import { liveQuery } from 'dexie';
import { useEffect, useState } from 'react';
import { serverNow, setServerNow } from '@/api/clock';
import { setHome } from '@/api/client';
import type { Session } from '@/api/views';
import { db, type FieldDb } from '@/offline/db';
import { queueState, type Author, type QueueState } from '@/offline/queue';
import { Vault } from '@/offline/vault';
import { toInstant } from '@/ui/time';

export interface Shift {
  db: FieldDb;
  vault: Vault;
  session: Session;
}

const sessionKey = 'session';
const clockKey = 'clock_delta';

/** The shift that was begun on this device, if it is not over: asked of nobody but the device. */
export async function resumeShift(): Promise<Shift | undefined> {
  const [session, vault, delta] = await Promise.all([
    db.read<Session>(sessionKey),
    Vault.open(db),
    db.read<number>(clockKey),
  ]);
  if (!session || !vault) return undefined;
  if (delta !== undefined) setServerNow(Date.now() + delta, Date.now(), session.clock.offset_ms);
  setHome(session.unit.jurisdiction);
  return { db, vault, session };
}

export async function beginShift(session: Session): Promise<Shift> {
  const vault = await Vault.enrol(db);
  await db.write(sessionKey, session);
  await keepClock();
  return { db, vault, session };
}

/** How far the server's clock is from this machine's, for the time without network. */
export async function keepClock(): Promise<void> {
  await db.write(clockKey, serverNow() - Date.now());
}

export async function hearClock(session: Session, sentAt: number): Promise<void> {
  setServerNow(toInstant(session.clock.now), sentAt, session.clock.offset_ms);
  await keepClock();
}

export function authorOf(shift: Shift, rules: string): Author {
  return { account: shift.session.account, home: shift.session.unit.jurisdiction, rules };
}

/** Follows the device's own tables, also what another tab changed. */
export function useLive<T>(read: () => Promise<T>): T | undefined {
  const [value, setValue] = useState<T>();
  useEffect(() => {
    const following = liveQuery(read).subscribe({ next: setValue });
    return () => following.unsubscribe();
    // `read` must not close over anything but the tables.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return value;
}

export function useQueueState(): QueueState {
  return useLive(() => queueState(db)) ?? { waiting: 0, refused: 0 };
}
