/** The one place that speaks HTTP. Same-origin, cookie session, JSON both ways; every other file asks through here. */
import { makeId } from '@/fields/ids';
import { deviceName, nextSequence, sequenceUsed } from './device';
import { serverNow } from './clock';
import { failureOf, FailureError, type Done, type Outcome } from './outcome';
import { toIso } from '@/ui/time';

type Method = 'GET' | 'POST' | 'DELETE';

export async function send<T>(
  method: Method,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<Outcome<T>> {
  let answer: Response;
  try {
    answer = await fetch(path, {
      method,
      signal: signal ?? null,
      credentials: 'same-origin',
      headers: body === undefined ? headers : { 'Content-Type': 'application/json', ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    return { kind: 'unreachable' };
  }
  const read: unknown = answer.status === 204 ? undefined : await answer.json().catch(() => undefined);
  if (answer.ok) return { kind: 'ok', value: read as T };
  return failureOf(answer.status, answer.headers.get('Retry-After'), read);
}

export type Filters = Record<string, string | number | boolean | undefined>;

export function withFilters(path: string, filters: Filters = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) {
    if (value !== undefined && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** For queries: the value, or a thrown `FailureError` that the error state of the list shows. */
export async function ask<T>(path: string, filters: Filters = {}, signal?: AbortSignal): Promise<T> {
  const outcome = await send<T>('GET', withFilters(path, filters), undefined, {}, signal);
  if (outcome.kind === 'ok') return outcome.value;
  throw new FailureError(outcome);
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
  return { key: makeId(home, serverNow()), sequence: nextSequence(), deviceTime: toIso(serverNow()) };
}

/** `operation` is `<desk>/<operation>`. */
export async function command(
  operation: string,
  body: Record<string, unknown>,
  envelope: Envelope = newEnvelope(),
): Promise<Outcome<Done>> {
  const outcome = await send<Done>(
    'POST',
    `/v1/${operation}`,
    { ...body, device: deviceName(), device_seq: envelope.sequence, device_time: envelope.deviceTime },
    { 'Idempotency-Key': envelope.key },
  );
  if (outcome.kind !== 'unreachable' && outcome.kind !== 'busy') sequenceUsed(envelope.sequence);
  return outcome;
}
