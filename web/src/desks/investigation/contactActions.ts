/** What may be done with a contact, from its naming to the end of its measure. */
import type { ClassProposal, Contact, ExposureProposal } from '@/api/rows';
import type { Action } from '@/ui/desk/types';
import type { FieldView } from '@/ui/form/fields';
import { formatMoment, toInstant } from '@/ui/time';

const contact = (row: Contact) => ({ contact: row.id });
const isAt =
  (...states: string[]) =>
  (row: Contact) =>
    states.includes(row.state);
const open = isAt('named', 'verified', 'judged', 'notified', 'located', 'untraced');

/** A stop of the case, by its place and time. */
const stop: Partial<FieldView> = {
  kind: 'pick',
  from: {
    path: 'investigation/stops',
    filters: { withdrawn: 'false' },
    value: 'id',
    label: (row) => `${String(row.place)} · ${formatMoment(toInstant(String(row.from)))}`,
  },
};

export const contactActions: Action<Contact>[] = [
  { operation: 'investigation/verify_contact', when: isAt('named'), fixed: contact, primary: true },
  {
    operation: 'investigation/judge_contact',
    when: isAt('named', 'verified', 'judged'),
    fixed: contact,
    // What the facts make of it stands in the form already; the officer agrees or says otherwise.
    initial: (row) => ({ class: row.class ?? row.found_class, high_risk: row.high_risk }),
    fields: { distance_m: { unit: 'm' } },
    primary: true,
  },
  { operation: 'investigation/notify_contact', when: isAt('judged'), fixed: contact, primary: true },
  {
    operation: 'investigation/locate_contact',
    when: isAt('judged', 'notified', 'untraced'),
    fixed: contact,
    primary: true,
  },
  {
    operation: 'investigation/take_into_control',
    when: isAt('judged', 'notified', 'located'),
    fixed: contact,
  },
  {
    operation: 'investigation/record_exposure',
    when: open,
    fixed: (row, kit) => ({ ...contact(row), exposure: kit.newId() }),
    fields: { distance_m: { unit: 'm' }, stop },
  },
  {
    operation: 'investigation/submit_contact_report',
    when: (row) => open(row) && !row.reported,
    fixed: contact,
  },
  {
    operation: 'investigation/open_police_request',
    when: (row) => open(row) && row.police_request !== 'open',
    fixed: contact,
  },
  {
    operation: 'investigation/answer_police_request',
    when: (row) => row.police_request === 'open',
    fixed: contact,
    primary: true,
  },
  {
    operation: 'investigation/declare_untraced',
    when: (row) => isAt('judged', 'notified')(row) && row.police_request === 'open',
    fixed: contact,
    danger: true,
  },
  {
    operation: 'investigation/decide_late_contact',
    when: (row) => !row.owed && !row.late_decided,
    fixed: contact,
    review: true,
  },
  {
    operation: 'investigation/complete_contact',
    when: isAt('in_control'),
    fixed: contact,
    review: true,
  },
];

export const proposalActions: Action<ClassProposal>[] = [
  {
    operation: 'investigation/accept_class',
    when: (row) => row.state === 'open',
    fixed: (row) => ({ contact: row.contact }),
    primary: true,
  },
  {
    operation: 'investigation/decline_class',
    when: (row) => row.state === 'open',
    fixed: (row) => ({ contact: row.contact }),
  },
];

export const exposureActions: Action<ExposureProposal>[] = [
  {
    operation: 'investigation/accept_exposure',
    when: (row) => row.state === 'open',
    fixed: (row, kit) => ({ exposure_proposal: row.id, contact: row.contact ?? kit.newId() }),
    primary: true,
  },
  {
    operation: 'investigation/decline_exposure',
    when: (row) => row.state === 'open',
    fixed: (row) => ({ exposure_proposal: row.id }),
  },
];
