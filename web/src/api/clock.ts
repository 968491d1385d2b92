/**
 * The server's clock. A training realm may stand in another year, and this machine may be wrong; every countdown and every
 * "now" of a form follows the server.
 */
import { useSyncExternalStore } from 'react';

let delta = 0;
let now = Date.now();
let beat: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

export function serverNow(): number {
  return Date.now() + delta;
}

/** Called with each answer that tells the server's time; `sentAt` lets half of the way there and back be taken off. */
export function setServerNow(serverTime: number, sentAt = Date.now()): void {
  const middle = (sentAt + Date.now()) / 2;
  delta = serverTime - middle;
  tell();
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
