import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api, outcomeOf, setHome, valueOf } from './client';
import { serverNow, setServerNow } from './clock';
import type { Outcome } from './outcome';
import type { Session } from './views';
import { toInstant, toIso } from '@/ui/time';

export type { Session };

export const sessionKey = ['session'] as const;

/** Set while somebody is signed in on this browser: a first visit need not ask only to be told 401. */
const hint = 'fx.signed_in';

function heard(session: Session, sentAt: number): Session {
  setServerNow(toInstant(session.clock.now), sentAt, session.clock.offset_ms);
  setHome(session.unit.jurisdiction);
  localStorage.setItem(hint, '1');
  return session;
}

/** The session, or null when nobody is signed in (a 401 is an answer here, not a failure). */
export function useSessionQuery() {
  return useQuery({
    queryKey: sessionKey,
    staleTime: Infinity,
    retry: false,
    queryFn: async ({ signal }): Promise<Session | null> => {
      if (!localStorage.getItem(hint)) return null;
      const sentAt = Date.now();
      const outcome = await outcomeOf(api.GET('/v1/session', { signal }), signal);
      if (outcome.kind === 'ok') return heard(outcome.value, sentAt);
      if (outcome.kind === 'signed_out' || outcome.kind === 'forbidden') return null;
      throw new Error(outcome.kind);
    },
  });
}

/** Nothing one person read stays for the next at the same machine. */
export function forgetAll(queries: QueryClient): void {
  queries.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
}

/** Inside the shell there is always a session. */
export function useSession(): Session {
  const queries = useQueryClient();
  const session = queries.getQueryData<Session | null>(sessionKey);
  if (!session) throw new Error('useSession outside the shell');
  return session;
}

export async function signIn(user: string, password: string): Promise<Outcome<Session>> {
  const sentAt = Date.now();
  const outcome = await outcomeOf(api.POST('/v1/session', { body: { user, password } }));
  if (outcome.kind === 'ok') heard(outcome.value, sentAt);
  return outcome;
}

export async function signOut(): Promise<void> {
  localStorage.removeItem(hint);
  await outcomeOf(api.DELETE('/v1/session'));
}

/** Moves a training realm's clock forward, or sets it; refused elsewhere. */
export async function moveClock(to: { advance_s: number } | { set: number }): Promise<Outcome<unknown>> {
  const body = 'set' in to ? { set: toIso(to.set) } : to;
  const outcome = await outcomeOf(api.POST('/v1/clock', { body }));
  if (outcome.kind === 'ok') await resyncClock();
  return outcome;
}

export async function resyncClock(): Promise<void> {
  const sentAt = Date.now();
  try {
    heard(await valueOf(api.GET('/v1/session')), sentAt);
  } catch {
    setServerNow(serverNow()); // no answer: keep the time we had
  }
}
