/** What may be done with a contact, from its naming to the end of its measure. */
import type { ClassProposal, Contact, ExposureProposal } from '@/api/rows';
import { openContacts } from '@/desks/cooperation/takeOver';
import type { Action, Kit } from '@/ui/desk/types';
import type { FieldView } from '@/ui/form/fields';
import { formatMoment, toInstant } from '@/ui/time';

const contact = (row: Contact) => ({ contact: row.id });
const isAt =
  (...states: string[]) =>
  (row: Contact) =>
    states.includes(row.state);
const open = isAt('named', 'verified', 'judged', 'notified', 'located', 'untraced');
/** Taken over from another county. */
const isHandedToUs = (row: Contact, kit: Kit) =>
  row.state === 'handed_over' && row.handed_to === kit.session.unit.id;
/** Taken over and judged, there or here: the steps go on here. */
const isTakenOver = (row: Contact, kit: Kit) => Boolean(row.class) && isHandedToUs(row, kit);
const judgedAt =
  (...states: string[]) =>
  (row: Contact, kit: Kit) =>
    states.includes(row.state) || isTakenOver(row, kit);

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

/** To whom a contact is handed over: the CDC of another county, which then accepts, or does not. */
const handOver: Action<Contact> = {
  key: 'investigation.ask_take_over',
  operation: 'investigation/draft_request',
  when: (row) => openContacts.some((state) => state === row.state) && !row.handed_to,
  fixed: (row, kit) => ({
    request: kit.newId(),
    persons: [{ line: kit.newId(), task: 'take_over', person: row.person, contact: row.id }],
  }),
  fields: {
    receiver: { hint: 'cooperation.receiver_hint' },
    text: { label: 'field.request_text' },
  },
  order: ['receiver', 'text'],
};

export const contactActions: Action<Contact>[] = [
  { operation: 'investigation/verify_contact', when: isAt('named'), fixed: contact, primary: true },
  {
    operation: 'investigation/judge_contact',
    when: (row, kit) => isAt('named', 'verified', 'judged')(row) || (!row.class && isHandedToUs(row, kit)),
    fixed: contact,
    // What the facts make of it stands in the form already; the officer agrees or says otherwise.
    initial: (row) => ({ class: row.class ?? row.found_class, high_risk: row.high_risk }),
    fields: { distance_m: { unit: 'm' } },
    primary: true,
  },
  { operation: 'investigation/notify_contact', when: judgedAt('judged'), fixed: contact, primary: true },
  {
    operation: 'investigation/locate_contact',
    when: judgedAt('judged', 'notified', 'untraced'),
    fixed: contact,
    primary: true,
  },
  {
    operation: 'investigation/take_into_control',
    // by the order that stands for the person, perhaps as a contact of another case: the server knows
    when: (row, kit) =>
      (row.class === 'close' || row.class === 'coc') && judgedAt('judged', 'notified', 'located')(row, kit),
    fixed: contact,
  },
  {
    operation: 'investigation/record_exposure',
    when: (row, kit) => open(row) || isHandedToUs(row, kit),
    fixed: (row, kit) => ({ ...contact(row), exposure: kit.newId() }),
    fields: { distance_m: { unit: 'm' }, stop },
  },
  handOver,
  {
    operation: 'investigation/submit_contact_report',
    when: (row, kit) => (open(row) || isTakenOver(row, kit)) && !row.reported,
    fixed: contact,
  },
  {
    operation: 'investigation/open_police_request',
    when: (row, kit) =>
      (open(row) || isHandedToUs(row, kit)) &&
      row.police_request !== 'open' &&
      row.class !== 'none' &&
      row.class !== 'general',
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
    when: (row, kit) => judgedAt('judged', 'notified')(row, kit) && row.police_request === 'open',
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
    // while an order stands, it ends with the stay
    when: (row) => !row.order && isAt('in_control')(row),
    fixed: contact,
    review: true,
  },
];

/** These of the actions, the usual one first. */
const only = (...operations: string[]) =>
  operations.flatMap((operation) => contactActions.filter((action) => action.operation === operation));

/** What the police do with a contact they were asked for. */
export const searchActions = only('investigation/answer_police_request', 'investigation/locate_contact');

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
  {
    // Told wrongly: the exposure that decides goes, and the class is found anew from the rest.
    operation: 'investigation/withdraw_exposure',
    when: (row) => row.state === 'open' && Boolean(row.decisive),
    fixed: (row) => ({ exposure: row.decisive, contact: row.contact }),
    danger: true,
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
