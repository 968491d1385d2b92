/** What can come of asking the server. Callers switch over `kind`; nothing is thrown for an answer the server meant to give. */

import type { components } from './generated/schema';

type Schemas = components['schemas'];
export type Refusal = Schemas['Refusal'];
export type Fault = Schemas['Fault'];
export type Done = Schemas['Done'];

/** Why a request gave no wanted answer. */
export type Failure =
  | { kind: 'refused'; status: number; refusals: Refusal[] }
  | { kind: 'faults'; faults: Fault[] }
  | { kind: 'signed_out' }
  | { kind: 'forbidden'; refusals: Refusal[] }
  | { kind: 'not_found' }
  | { kind: 'busy'; retryAfterS: number; refusals: Refusal[] }
  | { kind: 'unreachable' };

export type Outcome<T> = { kind: 'ok'; value: T } | Failure;

/** A failure on its way through a query; react-query wants something thrown. */
export class FailureError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.kind);
  }
}

/** Reads a non-2xx answer: the status says what kind, the body says why. */
export function failureOf(status: number, retryAfter: string | null, body: unknown): Failure {
  const refusals = listIn<Refusal>(body, 'refusals');
  switch (status) {
    case 400: {
      const faults = listIn<Fault>(body, 'faults');
      return faults.length > 0 ? { kind: 'faults', faults } : { kind: 'refused', status, refusals };
    }
    case 401:
      return { kind: 'signed_out' };
    case 403:
      return { kind: 'forbidden', refusals };
    case 404:
      return { kind: 'not_found' };
    case 429:
    case 503:
      return { kind: 'busy', retryAfterS: Math.max(1, Number(retryAfter ?? '') || 1), refusals };
    default:
      return { kind: 'refused', status, refusals };
  }
}

function listIn<T>(body: unknown, key: string): T[] {
  if (typeof body !== 'object' || body === null) return [];
  const found = (body as Record<string, unknown>)[key];
  return Array.isArray(found) ? (found as T[]) : [];
}
