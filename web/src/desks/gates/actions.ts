import i18n from 'i18next';
import type {
  Arrival,
  Controlled,
  ExternalList,
  Gate,
  GateCheck,
  GateShift,
  KeyPerson,
  Returnee,
  TruckRun,
} from '@/api/rows';
import type { Action } from '@/ui/desk/types';

const check = (row: GateCheck) => ({ check: row.id });
const run = (row: TruckRun) => ({ truck_run: row.id });
const isAt =
  (...states: string[]) =>
  (row: { state: string }) =>
    states.includes(row.state);
const went =
  (...outcomes: string[]) =>
  (row: GateCheck) =>
    outcomes.includes(row.outcome);

export const checkActions: Action<GateCheck>[] = [
  {
    operation: 'gates/receive_person',
    when: (row) => went('red_channel', 'fever_clinic', 'emergency')(row) && !row.handed_over_at,
    fixed: (row, kit) => ({ ...check(row), receiver: kit.session.unit.id }),
    primary: true,
  },
  { operation: 'gates/ask_certificate', when: went('checked', 'second_check'), fixed: check },
  { operation: 'gates/pass_person', when: went('checked', 'second_check'), fixed: check },
  {
    operation: 'gates/open_red_channel',
    when: went('checked', 'second_check'),
    fixed: check,
    omit: ['fever_clinic'],
    danger: true,
  },
  {
    operation: 'gates/receive_driver',
    when: went('checked', 'second_check'),
    fixed: (row, kit) => ({ ...check(row), truck_run: kit.newId() }),
  },
  {
    operation: 'gates/declare_emergency',
    when: went('checked', 'second_check', 'fever_clinic', 'red_channel'),
    fixed: (row) => ({ ...check(row), gate: row.gate, person: row.person }),
    danger: true,
  },
  {
    operation: 'gates/settle_dispute',
    when: (row) => Boolean(row.dispute),
    fixed: check,
    primary: true,
  },
];

export const driverActions: Action<TruckRun>[] = [
  { operation: 'gates/read_antigen', when: isAt('arrived', 'sampled'), fixed: run },
  {
    operation: 'gates/release_driver',
    when: isAt('arrived', 'sampled'),
    fixed: (row) => ({ ...run(row), ...(row.destination ? { holder: row.destination } : {}) }),
    primary: true,
  },
  { operation: 'gates/hold_driver', when: isAt('arrived', 'sampled'), fixed: run, danger: true },
  {
    operation: 'gates/record_presence',
    fixed: run,
    omit: ['near'],
    extra: [
      {
        name: 'near',
        kind: 'rows',
        required: true,
        columns: [
          { name: 'person', kind: 'person' },
          { name: 'as', kind: 'choice', choices: ['gatekeeper', 'loader', 'companion', 'other'] },
          { name: 'from', kind: 'moment' },
          { name: 'until', kind: 'moment' },
          { name: 'is_protected', kind: 'boolean' },
        ],
      },
    ],
    wide: true,
  },
  {
    operation: 'gates/fetch_driver',
    when: (row) => row.state === 'stopped' && !row.vehicle,
    fixed: (row) => ({ ...run(row), aboard: [] }),
    primary: true,
  },
];

export const gateActions: Action<Gate>[] = [
  {
    operation: 'gates/close_gate',
    when: (row) => row.open,
    fixed: (row) => ({ gate: row.id }),
    danger: true,
  },
  {
    operation: 'gates/begin_gate_shift',
    when: (row) => row.open,
    fixed: (row, kit) => ({ gate: row.id, shift: kit.newId() }),
  },
];

const controlKinds = ['contact', 'isolation_order', 'source_line', 'positive', 'unclassed_arrival'];
const noSuchGround = (lng: string) => i18n.t('gates.no_such_ground', { lng });

/** Each ground is taken off by itself: a person may be looked for as a contact and for a test owed. */
export const controlActions: Action<Controlled>[] = [
  {
    operation: 'gates/settle_control',
    omit: ['source'],
    extra: [{ name: 'kind', kind: 'choice', choices: controlKinds, label: 'field.ground', required: true }],
    initial: (row) => ({ kind: row.grounds?.[0]?.kind }),
    prepare: ({ kind, ...body }, row) => {
      const ground = row.grounds?.find((one) => one.kind === kind);
      return Promise.resolve(
        ground
          ? { kind: 'ok' as const, value: { ...body, source: ground.source } }
          : {
              kind: 'faults' as const,
              faults: [{ path: '/kind', zh: noSuchGround('zh-CN'), en: noSuchGround('en') }],
            },
      );
    },
    danger: true,
    review: true,
  },
];

export const shiftActions: Action<GateShift>[] = [
  {
    operation: 'gates/name_gate_leader',
    when: (row) => !row.ended_at,
    fixed: (row) => ({ shift: row.id }),
    primary: true,
  },
];

export const listActions: Action<ExternalList>[] = [
  {
    operation: 'gates/put_list_in_force',
    when: isAt('received'),
    fixed: (row) => ({ external_list: row.id }),
    primary: true,
    review: true,
  },
];

/** One by one here; a whole manifest is classed by its landing's command. */
export const arrivalActions: Action<Arrival>[] = [
  {
    operation: 'gates/class_arrivals',
    when: (row) => row.state !== 'classed' || Boolean(row.reread),
    fixed: (row) => ({ landing: row.landing, arrivals: [row.id] }),
    initial: (row) => ({ class: row.listed }),
    primary: true,
  },
  {
    operation: 'gates/report_left_unclassed',
    when: isAt('to_class'),
    fixed: (row) => ({ landing: row.landing, arrivals: [row.id] }),
    danger: true,
  },
];

export const returneeActions: Action<Returnee>[] = [
  {
    operation: 'gates/find_returnee',
    when: isAt('reported'),
    fixed: (row) => ({ returnee: row.id, person: row.person, village: row.village, from: row.from }),
    primary: true,
  },
  {
    operation: 'gates/class_returnee',
    when: isAt('back'),
    fixed: (row) => ({ returnee: row.id }),
    primary: true,
  },
];

const keyPerson = (row: KeyPerson) => ({ key_person: row.id });
export const keyPersonActions: Action<KeyPerson>[] = [
  { operation: 'gates/enrol_key_person', when: isAt('listed'), fixed: keyPerson, primary: true },
  {
    operation: 'gates/check_key_person',
    when: isAt('enrolled', 'in_control'),
    fixed: keyPerson,
    primary: true,
  },
  {
    operation: 'gates/settle_key_person',
    when: isAt('listed', 'enrolled', 'in_control'),
    fixed: keyPerson,
  },
];

export const startActions: Action<undefined>[] = [
  {
    operation: 'gates/open_gate',
    fixed: (_row, kit) => ({ gate: kit.session.unit.id, shift: kit.newId() }),
    initial: () => ({ kind: 'traffic' }),
  },
  {
    operation: 'gates/register_arrivals',
    fixed: (_row, kit) => ({ landing: kit.newId(), place: kit.session.unit.id }),
    initial: () => ({ carriage: 'train' }),
    omit: ['travellers'],
    extra: [
      {
        name: 'travellers',
        kind: 'rows',
        required: true,
        columns: [
          { name: 'person', kind: 'person' },
          { name: 'from', kind: 'integer' },
        ],
      },
    ],
    wide: true,
    prepare: (body, _row, kit) =>
      Promise.resolve({
        kind: 'ok' as const,
        value: {
          ...body,
          travellers: ((body.travellers as Record<string, unknown>[] | undefined) ?? []).map((one) => ({
            ...one,
            arrival: kit.newId(),
          })),
        },
      }),
  },
  { operation: 'gates/report_return', fixed: (_row, kit) => ({ returnee: kit.newId() }) },
  { operation: 'gates/find_returnee', fixed: (_row, kit) => ({ returnee: kit.newId() }) },
  { operation: 'gates/list_key_person', fixed: (_row, kit) => ({ key_person: kit.newId() }) },
  {
    operation: 'gates/receive_list',
    fixed: (_row, kit) => ({ external_list: kit.newId() }),
    omit: ['entries'],
    extra: [
      {
        name: 'entries',
        kind: 'rows',
        required: true,
        columns: [
          { name: 'place', kind: 'integer' },
          {
            name: 'class',
            kind: 'choice',
            choices: ['infection_reported', 'low', 'medium', 'high', 'abroad'],
          },
        ],
      },
    ],
    wide: true,
  },
];
