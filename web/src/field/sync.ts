/** Sends whenever there is something and somebody to send it to. One tab at a time (Web Locks). */
import { useEffect, useState } from 'react';
import { api, outcomeOf } from '@/api/client';
import { upload, type Upload } from '@/offline/upload';
import { wire } from '@/offline/wire';
import { hearClock, useQueueState, type Shift } from './kit';

export type Link = 'up' | 'down' | 'signed_out';

const everyMs = 5_000;

/** One try. A server that answers anything is there; who it thinks we are is said by the session. */
async function attempt(shift: Shift): Promise<Link> {
  if (!navigator.onLine) return 'down';
  const sentAt = Date.now();
  const session = await outcomeOf(api.GET('/v1/session'));
  if (session.kind === 'signed_out' || session.kind === 'forbidden') return 'signed_out';
  if (session.kind !== 'ok') return 'down';
  await hearClock(session.value, sentAt);
  if (session.value.account !== shift.session.account) return 'signed_out';
  const came = await navigator.locks.request('fx-upload', { ifAvailable: true }, (lock) =>
    lock ? upload(shift.db, shift.vault, wire) : Promise.resolve<Upload>('later'),
  );
  return came === 'signed_out' ? 'signed_out' : 'up';
}

export function useSync(shift: Shift): { link: Link; now: () => void } {
  const { waiting } = useQueueState();
  const [link, setLink] = useState<Link>(navigator.onLine ? 'up' : 'down');
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let isOver = false;
    const go = async () => {
      const next = await attempt(shift).catch((): Link => 'down');
      if (!isOver) setLink(next);
    };
    void go();
    const timer = setInterval(() => void go(), everyMs);
    const heard = () => void go();
    window.addEventListener('online', heard);
    const lost = () => setLink('down');
    window.addEventListener('offline', lost);
    return () => {
      isOver = true;
      clearInterval(timer);
      window.removeEventListener('online', heard);
      window.removeEventListener('offline', lost);
    };
    // Something new to send is reason enough for a try at once.
  }, [shift, tries, waiting > 0]); // eslint-disable-line react-hooks/exhaustive-deps
  return { link, now: () => setTries((count) => count + 1) };
}
