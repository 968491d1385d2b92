/** What may be done with a case: its investigation, its class, its source. */
import type { Case, Cluster, Stop, Team, VisitBatch } from '@/api/rows';
import type { PersonCard } from '@/api/views';
import { identityFields, resolvePerson, withoutIdentity } from '@/fields/identity';
import { pathogenField } from '@/fields/pathogens';
import type { Action } from '@/ui/desk/types';
import type { FieldView } from '@/ui/form/fields';
import { contactGrid, personsOf } from './contactGrid';
import { trips } from './trajectory/NewStop';
import { visitGrid, visitsOf } from './visits/visitGrid';

const theCase = (row: Case) => ({ case_id: row.id });
const isOpen = (row: Case) => !['excluded', 'closed', 'died'].includes(row.state);
const classified = (row: Case) => ['suspected', 'asymptomatic', 'confirmed'].includes(row.state);
const isBefore =
  (...stages: string[]) =>
  (row: Case) =>
    isOpen(row) && stages.includes(row.stage);

/** The tube of the second test, by its code. */
const tubeOfPerson: Partial<FieldView> = {
  kind: 'pick',
  from: {
    path: 'screening/tubes',
    filters: { state: 'authorised,amended' },
    value: 'id',
    label: (row) => String(row.code),
  },
};

const named = (row: Record<string, unknown>, persons: Record<string, PersonCard>) =>
  `${persons[String(row.person)]?.name ?? `…${String(row.id).slice(-6)}`} · ${String(row.onset_day ?? '?')}`;

const otherCase: Partial<FieldView> = {
  kind: 'pick',
  from: { path: 'investigation/cases', value: 'id', label: named },
};
const team: Partial<FieldView> = {
  kind: 'pick',
  from: {
    path: 'investigation/teams',
    filters: { active: 'true' },
    value: 'id',
    label: (row) => String(row.title),
  },
};

export const caseActions: Action<Case>[] = [
  {
    operation: 'investigation/start_investigation',
    when: isBefore('assigned'),
    fixed: theCase,
    omit: ['lead'],
    primary: true,
  },
  {
    operation: 'investigation/record_core_facts',
    when: isBefore('assigned', 'started'),
    fixed: theCase,
    initial: (row) => ({ onset_day: row.onset_day ?? '' }),
  },
  {
    operation: 'investigation/submit_first_report',
    when: isBefore('assigned', 'started', 'core_facts'),
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
    operation: 'investigation/record_interview',
    when: isOpen,
    fixed: theCase,
    initial: (row) => ({ onset_day: row.onset_day ?? '' }),
  },
  {
    operation: 'investigation/classify_case',
    when: (row) => isOpen(row) && row.state !== 'confirmed',
    fixed: theCase,
    review: true,
    primary: true,
  },
  {
    operation: 'investigation/link_infector',
    when: (row) => isOpen(row) && !row.infector,
    fixed: theCase,
    initial: () => ({ strength: 'presumed' }),
    fields: { infector: otherCase },
  },
  {
    operation: 'investigation/name_infector_candidate',
    when: isOpen,
    fixed: theCase,
    fields: { infector: otherCase },
  },
  {
    operation: 'investigation/unlink_infector',
    when: (row) => Boolean(row.infector),
    fixed: theCase,
    danger: true,
  },
  {
    operation: 'investigation/state_source',
    when: isOpen,
    fixed: theCase,
    initial: (row) => ({
      ...(row.source === 'unsaid' ? {} : { source: row.source }),
      ...(row.origin === 'unsaid' ? {} : { origin: row.origin }),
    }),
  },
  {
    operation: 'investigation/submit_full_report',
    when: isBefore('core_facts', 'first_report'),
    fixed: theCase,
  },
  {
    operation: 'reporting/submit_phe_report',
    when: (row) => classified(row) && row.first_of_county,
    fixed: theCase,
  },
  { operation: 'investigation/assign_case', when: isOpen, fixed: theCase, fields: { team } },
  { operation: 'investigation/record_affiliation', when: isOpen, fixed: theCase },
  { operation: 'investigation/record_detection', when: isOpen, fixed: theCase },
  {
    operation: 'investigation/sign_ring_review',
    when: (row) => isOpen(row) && !row.in_ring && !row.ring_reviewed,
    fixed: theCase,
  },
  { operation: 'investigation/review_contacts', when: isOpen, fixed: theCase },
  {
    operation: 'investigation/change_severity',
    when: (row) => row.state === 'confirmed',
    fixed: theCase,
    initial: (row) => ({ severity: row.severity ?? undefined }),
  },
  { operation: 'investigation/keep_case', when: (row) => Boolean(row.exclusion_proposed), fixed: theCase },
  {
    operation: 'investigation/exclude_case',
    when: isOpen,
    fixed: theCase,
    fields: { second_tube: tubeOfPerson },
    review: true,
    danger: true,
  },
];

const theStop = (row: Stop) => ({ stop: row.id });

export const stopActions: Action<Stop>[] = [
  {
    operation: 'investigation/settle_stop',
    when: (row) => row.in_window && !row.withdrawn && !row.outcome,
    fixed: theStop,
    primary: true,
  },
  {
    key: 'investigation.name_contacts_here',
    operation: 'investigation/name_contacts',
    when: (row) => !row.withdrawn,
    fixed: (row) => ({ case_id: row.case_id }),
    omit: ['contacts', 'onset_day'],
    wide: true,
    extra: [contactGrid],
    // People asked for at a stop met the case there and then, unless a line says otherwise.
    prepare: async (body, row, kit) => {
      const found = await personsOf(body, kit);
      if (found.kind !== 'ok') return found;
      const contacts = found.value.contacts as Record<string, unknown>[];
      const here = {
        stop: row.id,
        place: row.place,
        exposure_from: row.from,
        exposure_until: row.until,
        ...(row.kind === 'stay' ? { setting: row.setting } : { vehicle: row.kind }),
      };
      return {
        kind: 'ok',
        value: { ...found.value, contacts: contacts.map((one) => ({ ...here, ...one })) },
      };
    },
  },
  {
    operation: 'investigation/correct_stop',
    when: (row) => !row.withdrawn,
    fixed: (row) => ({ ...theStop(row), case_id: row.case_id }),
    initial: (row) => ({
      kind: row.kind,
      setting: row.setting,
      place: row.place,
      division: row.division || '',
      from: plain(row.from),
      until: plain(row.until),
      service: row.service,
      carriage: row.carriage,
      row: row.row || '',
      seat: row.seat,
      known_by: row.known_by,
      masked: row.masked ?? undefined,
    }),
    fields: { kind: { choices: ['stay', ...trips], label: 'field.vehicle_kind' } },
    order: ['reason'],
  },
  {
    operation: 'investigation/withdraw_stop',
    when: (row) => !row.withdrawn,
    fixed: (row) => ({ ...theStop(row), case_id: row.case_id }),
    danger: true,
  },
];

/** `2022-07-17T18:05:00+08:00` as it is typed. */
const plain = (iso: string) => iso.slice(0, 16).replace('T', ' ');

export const clusterActions: Action<Cluster>[] = [
  {
    operation: 'investigation/report_cluster',
    when: (row) => !row.reported_at,
    fixed: (row) => ({ cluster: row.id }),
    primary: true,
  },
];

export const teamActions: Action<Team>[] = [
  {
    operation: 'investigation/dissolve_team',
    when: (row) => row.active,
    fixed: (row) => ({ team: row.id }),
    danger: true,
  },
];

export const visitActions: Action<VisitBatch>[] = [
  {
    operation: 'investigation/withdraw_visits',
    when: (row) => !row.withdrawn,
    fixed: (row) => ({ visit_batch: row.id }),
    danger: true,
    review: true,
  },
];

/** A positive of a single sample that no arrow brought: told by telephone, from another system, of a person not registered yet. */
const reportCase: Action<undefined> = {
  operation: 'investigation/open_case',
  fixed: (_row, kit) => ({ case_id: kit.newId() }),
  omit: ['person', 'encounter'],
  extra: identityFields.map((field) =>
    field.name === 'name' ? { ...field, required: true, hint: 'investigation.case_name_hint' } : field,
  ),
  initial: () => ({ pathogen: 'covid19-cn', individual_specimen: true }),
  fields: { pathogen: pathogenField, tube: tubeOfPerson },
  order: [
    'name',
    'document_number',
    'phone',
    'hospital',
    'sampled_at',
    'individual_specimen',
    'onset_day',
    'pathogen',
    'tube',
    'clinic',
    'address',
    'reason',
  ],
  prepare: async (body, _row, kit) => {
    const person = await resolvePerson({ reason: 'reported as a case 报告病例', ...body }, kit);
    if (person.kind !== 'ok') return person;
    return { kind: 'ok', value: { ...withoutIdentity(body), person: person.value } };
  },
  primary: true,
};

export const startActions: Action<undefined>[] = [
  reportCase,
  {
    operation: 'investigation/record_visits',
    fixed: (_row, kit) => ({ visit_batch: kit.newId() }),
    omit: ['visits'],
    extra: [visitGrid],
    wide: true,
    prepare: (body, _row, kit) => visitsOf(body, kit),
  },
  {
    operation: 'investigation/form_team',
    fixed: (_row, kit) => ({ team: kit.newId() }),
    fields: {
      members: {
        kind: 'ids',
        from: { path: 'colleagues', value: 'account', label: (row) => String(row.name ?? row.account) },
      },
    },
  },
];
