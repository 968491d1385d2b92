import type { Clinic, Encounter, Room } from '@/api/rows';
import { pathogenField } from '@/fields/pathogens';
import { identityFields, resolvePerson, withoutIdentity } from '@/fields/identity';
import type { Action, Kit } from '@/ui/desk/types';
import type { Values } from '@/ui/form/fields';
import { SampleForm } from './SampleForm';

const encounter = (row: Encounter) => ({ encounter: row.id });
const inState =
  (...states: string[]) =>
  (row: Encounter) =>
    states.includes(row.state);
const notOver = (row: Encounter) =>
  !['left', 'admitted', 'transferred', 'closed', 'closed_neg'].includes(row.state);

/** The typed identity becomes the person the operation names. */
async function withPerson(body: Values, _row: unknown, kit: Kit) {
  const person = await resolvePerson(body, kit);
  return person.kind === 'ok'
    ? { kind: 'ok' as const, value: { ...withoutIdentity(body), person: person.value } }
    : person;
}

const healthCode = { label: 'field.health_code' };
const freeRoom = {
  kind: 'pick' as const,
  from: {
    path: 'hospitals/rooms',
    filters: { state: 'free' },
    value: 'id',
    label: (row: Record<string, unknown>) => `${String(row.number)}${row.red_lane === true ? ' ■' : ''}`,
  },
};

/** In the order of the day; each shows only in the states it makes sense in, the server has the last word. */
export const encounterActions: Action<Encounter>[] = [
  {
    operation: 'hospitals/triage_1',
    when: inState('arrived'),
    fixed: encounter,
    initial: (row) => ({ temperature: row.temperature ?? '', identity_checked: true, history_taken: true }),
    fields: { temperature: { unit: '℃' } },
    primary: true,
  },
  {
    operation: 'hospitals/triage_2',
    when: inState('triaged_1'),
    fixed: encounter,
    initial: (row) => ({
      temperature: row.temperature ?? '',
      code: row.code,
      history_flag: row.history_flag,
      symptoms: row.symptoms ?? [],
      onset_day: row.onset_day ?? '',
    }),
    fields: { temperature: { unit: '℃' }, code: healthCode },
    primary: true,
  },
  {
    operation: 'hospitals/assign_room',
    when: inState('triaged_2'),
    fixed: encounter,
    fields: { room: freeRoom },
    primary: true,
  },
  {
    key: 'hospitals.take_sample',
    operation: 'screening/link_person',
    when: (row) => Boolean(row.person) && inState('in_room', 'sampled', 'emergency')(row),
    form: SampleForm,
    primary: true,
  },
  { operation: 'hospitals/record_departure', when: inState('cleared'), fixed: encounter, primary: true },
  { operation: 'hospitals/admit_patient', when: inState('cleared'), fixed: encounter },
  { operation: 'hospitals/transfer_patient', when: inState('isolated'), fixed: encounter, primary: true },
  {
    operation: 'hospitals/clear_patient',
    when: inState('in_room', 'sampled', 'awaiting', 'isolated'),
    fixed: encounter,
    primary: true,
  },
  {
    operation: 'hospitals/close_encounter',
    when: inState('transferred', 'left', 'admitted'),
    fixed: encounter,
  },
  {
    operation: 'hospitals/report_left_early',
    when: inState('in_room', 'sampled', 'awaiting'),
    fixed: encounter,
    danger: true,
  },
  {
    operation: 'hospitals/acknowledge_search',
    when: (row) => row.missing && !row.search_open,
    fixed: encounter,
    primary: true,
  },
  { operation: 'hospitals/record_found', when: (row) => row.missing, fixed: encounter },
  {
    operation: 'hospitals/release_room',
    when: (row) => Boolean(row.room) && inState('cleared', 'left', 'admitted', 'transferred')(row),
    fixed: (row) => ({ room: row.room }),
  },
  {
    operation: 'hospitals/identify_patient',
    when: (row) => !row.person && notOver(row),
    fixed: encounter,
    omit: ['person'],
    extra: identityFields,
    prepare: withPerson,
    primary: true,
  },
  {
    operation: 'hospitals/declare_emergency',
    when: (row) => notOver(row) && row.state !== 'emergency',
    fixed: (row) => ({ encounter: row.id, clinic: row.clinic, person: row.person ?? undefined }),
    fields: { buffer_room: freeRoom },
    danger: true,
  },
];

export const roomActions: Action<Room>[] = [
  {
    operation: 'hospitals/close_room',
    when: (row) => row.state === 'free' || row.state === 'to_disinfect',
    fixed: (row) => ({ room: row.id }),
  },
  {
    operation: 'hospitals/disinfect_room',
    when: (row) => row.state === 'to_disinfect',
    fixed: (row) => ({ room: row.id }),
    primary: true,
  },
];

export const clinicActions: Action<Clinic>[] = [
  {
    operation: 'hospitals/open_clinic',
    when: (row) => !row.open,
    fixed: (row) => ({ clinic: row.id, hospital: row.hospital }),
    primary: true,
    review: true,
  },
  {
    operation: 'hospitals/close_clinic',
    when: (row) => row.open && row.occupied === 0,
    fixed: (row) => ({ clinic: row.id }),
    danger: true,
    review: true,
  },
];

export const startActions: Action<undefined>[] = [
  {
    operation: 'hospitals/record_arrival',
    fixed: (_row, kit) => ({ encounter: kit.newId() }),
    omit: ['person'],
    extra: identityFields,
    initial: (_row, kit) => ({ clinic: kit.session.unit.id, pathogen: 'covid19-cn', code: 'green' }),
    fields: { temperature: { unit: '℃' }, code: healthCode, pathogen: pathogenField },
    order: [
      'document_number',
      'name',
      'phone',
      'address',
      'code',
      'temperature',
      'symptoms',
      'onset_day',
      'history_flag',
      'pathogen',
      'clinic',
      'reason',
    ],
    prepare: withPerson,
    primary: true,
  },
  {
    key: 'hospitals.new_emergency',
    operation: 'hospitals/declare_emergency',
    fixed: (_row, kit) => ({ encounter: kit.newId() }),
    initial: (_row, kit) => ({ clinic: kit.session.unit.id }),
    fields: { buffer_room: freeRoom },
    order: ['team', 'reason', 'buffer_room', 'person', 'clinic'],
    danger: true,
  },
  {
    operation: 'hospitals/record_staff_presence',
    initial: (_row, kit) => ({ clinic: kit.session.unit.id }),
    order: ['person', 'from', 'until'],
  },
  {
    operation: 'hospitals/open_room',
    fixed: (_row, kit) => ({ room: kit.newId() }),
    initial: (_row, kit) => ({ clinic: kit.session.unit.id }),
    order: ['number', 'red_lane'],
  },
  {
    // One that never was open is in no list yet.
    key: 'hospitals.open_first_time',
    operation: 'hospitals/open_clinic',
    when: (_row, kit) => kit.session.roles.includes('FRP'),
    initial: (_row, kit) => ({
      ...(kit.session.unit.kind === 'fever_clinic' ? { clinic: kit.session.unit.id } : {}),
      ...(kit.session.unit.kind === 'hospital' ? { hospital: kit.session.unit.id } : {}),
    }),
  },
];
