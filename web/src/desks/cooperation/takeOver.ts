/** Whom another county is to take over: a contact of ours, not merely a person. The reading is handed in; tested beside. */
import i18n from 'i18next';
import type { Outcome } from '@/api/outcome';
import type { Contact } from '@/api/rows';
import type { Values } from '@/ui/form/fields';

/** Contacts whose measure is still ours to hand over. */
export const openContacts = [
  'named',
  'verified',
  'judged',
  'notified',
  'located',
  'untraced',
  'in_control',
] as const;

type Known = Pick<Contact, 'id'>;
export type ReadContacts = (person: string) => Promise<Outcome<Known[]>>;

/**
 * Each line to be taken over names the contact. Who is a contact of several cases goes over with all of them: the further
 * lines stand last, so that a fault the server finds in line 3 is still shown in line 3.
 */
export async function takenOver(
  lines: Values[],
  read: ReadContacts,
  newId: () => string,
): Promise<Outcome<Values[]>> {
  const whole: Values[] = [];
  const further: Values[] = [];
  const faults: { path: string; zh: string; en: string }[] = [];
  for (const [at, line] of lines.entries()) {
    if (line.task !== 'take_over' || line.contact || !line.person) {
      whole.push(line);
      continue;
    }
    const known = await read(String(line.person));
    if (known.kind !== 'ok') return known;
    const [first, ...others] = known.value;
    if (!first) {
      const words = (lng: string) => i18n.t('cooperation.no_contact', { lng });
      faults.push({ path: `/persons/${String(at)}/name`, zh: words('zh-CN'), en: words('en') });
      continue;
    }
    whole.push({ ...line, contact: first.id });
    further.push(...others.map((other) => ({ ...line, line: newId(), contact: other.id })));
  }
  return faults.length > 0 ? { kind: 'faults', faults } : { kind: 'ok', value: [...whole, ...further] };
}
