import type { Case, Contact } from '@/api/rows';
import type { Action } from '@/ui/desk/types';
import { contactGrid, personsOf } from './contactGrid';

const theCase = (row: Case) => ({ case_id: row.id });
const contact = (row: Contact) => ({ contact: row.id });
const isOpen = (row: Case) => !['excluded', 'closed', 'died'].includes(row.state);
const isAt =
  (...states: string[]) =>
  (row: Contact) =>
    states.includes(row.state);
const classified = (row: Case) => ['suspected', 'asymptomatic', 'confirmed'].includes(row.state);

/** The tube of the second test, by its code. */
const tubeOfPerson = {
  kind: 'pick' as const,
  from: {
    path: 'screening/tubes',
    filters: { state: 'authorised,amended' },
    value: 'id',
    label: (row: Record<string, unknown>) => String(row.code),
  },
};

export const caseActions: Action<Case>[] = [
  {
    operation: 'investigation/start_investigation',
    when: (row) => isOpen(row) && row.stage === 'assigned',
    fixed: theCase,
    omit: ['lead'],
    primary: true,
  },
  {
    operation: 'investigation/record_core_facts',
    when: (row) => isOpen(row) && ['assigned', 'started'].includes(row.stage),
    fixed: theCase,
    initial: (row) => ({ onset_day: row.onset_day ?? '' }),
  },
  {
    operation: 'investigation/submit_first_report',
    when: (row) => isOpen(row) && row.stage !== 'first_report' && row.stage !== 'full',
    fixed: theCase,
  },
  {
    operation: 'investigation/classify_case',
    when: (row) => isOpen(row) && row.state !== 'confirmed',
    fixed: theCase,
    review: true,
    primary: true,
  },
  {
    operation: 'reporting/submit_phe_report',
    when: (row) => classified(row) && row.first_of_county,
    fixed: theCase,
  },
  {
    operation: 'investigation/name_contacts',
    when: isOpen,
    fixed: theCase,
    omit: ['contacts', 'onset_day'],
    wide: true,
    extra: [contactGrid],
    prepare: (body, _row, kit) => personsOf(body, kit),
  },
  {
    operation: 'investigation/change_severity',
    when: (row) => row.state === 'confirmed',
    fixed: theCase,
    initial: (row) => ({ severity: row.severity ?? undefined }),
  },
  {
    operation: 'investigation/keep_case',
    when: (row) => Boolean(row.exclusion_proposed),
    fixed: theCase,
  },
  {
    operation: 'investigation/exclude_case',
    when: isOpen,
    fixed: theCase,
    fields: { second_tube: tubeOfPerson },
    review: true,
    danger: true,
  },
];

export const contactActions: Action<Contact>[] = [
  { operation: 'investigation/verify_contact', when: isAt('named'), fixed: contact, primary: true },
  {
    operation: 'investigation/judge_contact',
    when: isAt('named', 'verified', 'judged'),
    fixed: contact,
    fields: { distance_m: { unit: 'm' } },
    primary: true,
  },
  { operation: 'investigation/notify_contact', when: isAt('judged'), fixed: contact, primary: true },
  { operation: 'investigation/locate_contact', when: isAt('judged', 'notified', 'untraced'), fixed: contact },
  {
    operation: 'investigation/take_into_control',
    when: isAt('judged', 'notified', 'located'),
    fixed: contact,
  },
];
