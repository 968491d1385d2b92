/** The one place that speaks HTTP. Same-origin, cookie session, JSON both ways; every other file asks through here. */
import createClient from 'openapi-fetch';
import { makeId } from '@/fields/ids';
import { toIso } from '@/ui/time';
import { deviceNow, serverNow } from './clock';
import { deviceName, nextSequence, sequenceUsed } from './device';
import type { paths } from './generated/schema';
import { failureOf, FailureError, type Done, type Outcome } from './outcome';

/** Typed by the OpenAPI description: paths, parameters, bodies and answers. */
export const api = createClient<paths>({ baseUrl: window.location.origin, credentials: 'same-origin' });

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** An answer, or why there is none; only a request taken back by the page itself is thrown. */
export async function outcomeOf<T>(asked: Promise<Answer<T>>, signal?: AbortSignal): Promise<Outcome<T>> {
  try {
    const { data, error, response } = await asked;
    if (response.ok) return { kind: 'ok', value: data as T };
    return failureOf(response.status, response.headers.get('Retry-After'), error);
  } catch (problem) {
    if (signal?.aborted) throw problem;
    return { kind: 'unreachable' };
  }
}

/** For queries: the value, or a thrown `FailureError` that the error state of the list shows. */
export async function valueOf<T>(asked: Promise<Answer<T>>, signal?: AbortSignal): Promise<T> {
  const outcome = await outcomeOf(asked, signal);
  if (outcome.kind === 'ok') return outcome.value;
  throw new FailureError(outcome);
}

/** Equality, each; null: rows whose field has no value. */
export type Filters = Record<string, string | number | boolean | null | undefined>;

/** A desk's list or row, whose path is known only when the page runs. */
export function ask<T>(path: string, filters: Filters = {}, signal?: AbortSignal): Promise<T> {
  const said = Object.entries(filters).filter(([, value]) => value !== undefined && value !== '');
  const query = Object.fromEntries(said.map(([name, value]) => [name, value ?? '']));
  const asked = api.GET(path as never, { params: { query }, signal: signal ?? null } as never);
  return valueOf<T>(asked as Promise<Answer<T>>, signal);
}

/** A command not yet known to be answered keeps its key and number, so that sending it again cannot do it twice. */
export interface Envelope {
  readonly key: string;
  readonly sequence: number;
  readonly deviceTime: string;
}

let home = 0;

/** The county this session's commands are at home in: part of their keys, as of every id. */
export function setHome(jurisdiction: number): void {
  home = jurisdiction;
}

export function newEnvelope(): Envelope {
  return { key: makeId(home, serverNow()), sequence: nextSequence(), deviceTime: toIso(deviceNow()) };
}

/** `operation` is `<desk>/<operation>`; forms made from the description fill in the body. */
export async function command(
  operation: string,
  fields: Record<string, unknown>,
  envelope: Envelope = newEnvelope(),
): Promise<Outcome<Done>> {
  const body = {
    ...fields,
    device: deviceName(),
    device_seq: envelope.sequence,
    device_time: envelope.deviceTime,
  };
  const sent = api.POST(
    `/v1/${operation}` as never,
    { params: { header: { 'Idempotency-Key': envelope.key } }, body } as never,
  );
  const outcome = await outcomeOf(sent as Promise<Answer<Done>>);
  if (outcome.kind !== 'unreachable' && outcome.kind !== 'busy') sequenceUsed(envelope.sequence);
  return outcome;
}
