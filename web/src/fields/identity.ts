/**
 * Who is it? Identity typed into a form becomes a person: found by the document number if the registry knows it, else
 * registered now; without a document a provisional person with the reason.
 */
import { ask, command } from '@/api/client';
import { FailureError, type Outcome } from '@/api/outcome';
import type { Page } from '@/api/queries';
import type { SearchHit } from '@/api/views';
import type { Kit } from '@/ui/desk/types';
import type { FieldView, Values } from '@/ui/form/fields';

/** Fields of an unknown person; the number is checked by GB 11643 while typing when it is a resident number. */
export const identityFields: FieldView[] = [
  { name: 'document_number', kind: 'text', hint: 'identity.number_hint' },
  { name: 'name', kind: 'text', hint: 'identity.name_hint' },
  { name: 'phone', kind: 'text' },
  { name: 'address', kind: 'text' },
  { name: 'reason', kind: 'text', label: 'field.no_document_reason' },
];

const names = ['document_type', 'document_number', 'name', 'phone', 'address', 'reason', 'sex', 'birth_day'];

/** What one open form has already resolved, so that sending it again does not register somebody twice. */
const resolved = new WeakMap<Kit, Map<string, string>>();

export async function resolvePerson(typed: Values, kit: Kit): Promise<Outcome<string>> {
  const known = resolved.get(kit) ?? new Map<string, string>();
  resolved.set(kit, known);
  const key = JSON.stringify(names.map((name) => typed[name] ?? null));
  const before = known.get(key);
  if (before) return { kind: 'ok', value: before };
  const outcome = await findOrRegister(typed, kit.newId);
  if (outcome.kind === 'ok') known.set(key, outcome.value);
  return outcome;
}

async function findOrRegister(typed: Values, newId: () => string): Promise<Outcome<string>> {
  const number =
    typeof typed.document_number === 'string' ? typed.document_number.replace(/\s/g, '').toUpperCase() : '';
  if (number) {
    try {
      const found = await ask<Page<SearchHit>>('/v1/search', { q: number });
      const hit = found.rows[0];
      if (hit) return { kind: 'ok', value: hit.person };
    } catch (error) {
      if (error instanceof FailureError && error.failure.kind !== 'not_found') return error.failure;
    }
  }
  const person = newId();
  const body: Values = { person };
  for (const name of names) if (typed[name] !== undefined) body[name] = typed[name];
  if (number) {
    body.document_number = number;
    body.document_type ??= 'resident_id';
  }
  const made = await command('people/register_person', body);
  return made.kind === 'ok' ? { kind: 'ok', value: person } : made;
}

/** The same body without the identity fields: they went to the person, not to the desk. */
export function withoutIdentity(body: Values): Values {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));
}
