/** Signing in and out at a post; the session's cookie is the server's own affair. */
import { api, outcomeOf, setHome } from '@/api/client';
import type { Outcome } from '@/api/outcome';
import type { Session } from '@/api/views';
import { hearClock } from './kit';

export async function enter(user: string, password: string): Promise<Outcome<Session>> {
  const sentAt = Date.now();
  const outcome = await outcomeOf(api.POST('/v1/session', { body: { user, password } }));
  if (outcome.kind === 'ok') {
    setHome(outcome.value.unit.jurisdiction);
    await hearClock(outcome.value, sentAt);
  }
  return outcome;
}

export async function leave(): Promise<void> {
  await outcomeOf(api.DELETE('/v1/session'));
}
