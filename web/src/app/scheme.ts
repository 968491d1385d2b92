/** Light or dark: the user's choice if made, else the system's. */
import { useSyncExternalStore } from 'react';
import type { Scheme } from './theme';

const kept = 'fx.scheme';
const system = window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

function current(): Scheme {
  const chosen = localStorage.getItem(kept);
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return system.matches ? 'dark' : 'light';
}

function apply() {
  document.documentElement.dataset.scheme = current();
  for (const listener of listeners) listener();
}
system.addEventListener('change', apply);
apply();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useScheme() {
  const scheme = useSyncExternalStore(subscribe, current);
  return {
    scheme,
    setScheme: (next: Scheme) => {
      localStorage.setItem(kept, next);
      apply();
    },
  };
}

const phone = window.matchMedia('(max-width: 899px)');

export function usePhone(): boolean {
  return useSyncExternalStore(
    (listener) => {
      phone.addEventListener('change', listener);
      return () => phone.removeEventListener('change', listener);
    },
    () => phone.matches,
  );
}
