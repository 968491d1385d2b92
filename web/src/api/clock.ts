/**
 * The server's clock. A training realm may stand in another year, and this machine may be wrong; every countdown and every
 * "now" of a form follows the server.
 */
import { useSyncExternalStore } from 'react';

let delta = 0;
let offset: number | undefined;
let now = Date.now();
let beat: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

export function serverNow(): number {
  return Date.now() + delta;
}

/**
 * Called with each answer that tells the server's time; `sentAt` lets half of the way there and back be taken off.
 * `ahead` is by how much the realm's clock is ahead of the server's own, where the answer tells it: a realm in another year
 * is no fault of this machine.
 */
export function setServerNow(serverTime: number, sentAt = Date.now(), ahead = offset): void {
  const middle = (sentAt + Date.now()) / 2;
  delta = serverTime - middle;
  offset = ahead;
  tell();
}

/** By how many milliseconds this machine's clock is ahead of the server's; 0 as long as nobody said. */
function deviceSkew(): number {
  return offset === undefined ? 0 : offset - delta;
}

/** What this machine takes the realm's time to be: sent with each command, so that a wrong clock can be seen later. */
export function deviceNow(): number {
  return serverNow() + deviceSkew();
}

function tell() {
  now = serverNow();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  beat ??= setInterval(tell, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && beat) {
      clearInterval(beat);
      beat = undefined;
    }
  };
}

/** The server's time, new once a second; one timer for the whole page. */
export function useServerNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

/** A clock so far off is said to whoever works at this machine; less is what a network and a second hand make. */
const worthSaying = 60_000;

/** By how many milliseconds this machine's clock is ahead (less than 0: behind), or 0 when it is good enough. */
export function useDeviceSkew(): number {
  const skew = useSyncExternalStore(subscribe, deviceSkew);
  return Math.abs(skew) < worthSaying ? 0 : skew;
}
