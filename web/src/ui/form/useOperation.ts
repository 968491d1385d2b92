/** Sends one operation and says what came of it; an unanswered one is sent again under the same key. */
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { complete } from '@/api/catalogue';
import { command, newEnvelope, type Envelope } from '@/api/client';
import type { Done, Failure, Outcome } from '@/api/outcome';
import { sessionKey } from '@/api/session';
import { tell } from '../toasts';
import type { Values } from './fields';

/** Turns what was typed into what is sent: finds or registers a person first, or says why it cannot. */
export type Prepare = (body: Values) => Promise<Outcome<Values>>;

export function useOperation(operation: string) {
  const queries = useQueryClient();
  const { t } = useTranslation();
  const [failure, setFailure] = useState<Failure>();
  const [isPending, setPending] = useState(false);
  const unanswered = useRef<{ body: string; envelope: Envelope }>(undefined);

  const fail = (why: Failure) => {
    if (why.kind === 'signed_out') void queries.invalidateQueries({ queryKey: sessionKey });
    setFailure(why);
    setPending(false);
    return undefined;
  };

  const run = async (typed: Values, prepare?: Prepare): Promise<Done | undefined> => {
    setPending(true);
    setFailure(undefined);
    const prepared = prepare ? await prepare(typed) : { kind: 'ok' as const, value: typed };
    if (prepared.kind !== 'ok') return fail(prepared);
    const body = complete(operation, prepared.value);
    const text = JSON.stringify(body);
    const envelope = unanswered.current?.body === text ? unanswered.current.envelope : newEnvelope();
    unanswered.current = { body: text, envelope };
    const outcome = await command(operation, body, envelope);
    if (outcome.kind !== 'unreachable' && outcome.kind !== 'busy') unanswered.current = undefined;
    if (outcome.kind === 'ok') {
      setPending(false);
      tell({
        tone: 'good',
        text: t('form.done', {
          what: t(`op.${operation.replace('/', '.')}`),
          n: outcome.value.duties.length,
        }),
      });
      void queries.invalidateQueries({
        predicate: (query) => query.queryKey[0] !== 'session' && query.queryKey[0] !== 'search',
      });
      return outcome.value;
    }
    return fail(outcome);
  };
  return { run, failure, isPending };
}
