/** Somebody put on the list of a round: known, or registered now by what the document says. Whole lists are imported. */
import type { Outcome } from '@/api/outcome';
import { identityFields, resolvePerson } from '@/fields/identity';
import type { Kit } from '@/ui/desk/types';
import type { FieldView, Values } from '@/ui/form/fields';

export const enrolOne: FieldView[] = [
  ...identityFields,
  { name: 'township', kind: 'integer', required: true },
  { name: 'building', kind: 'text' },
];

export async function enrolled(typed: Values, kit: Kit): Promise<Outcome<Values>> {
  const who = await resolvePerson(typed, kit);
  if (who.kind !== 'ok') return who;
  const { round, township, building = '' } = typed;
  return { kind: 'ok', value: { round, people: [{ person: who.value, township, building }] } };
}
