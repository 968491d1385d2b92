import type { ControlAsked, Leg, QuarantineRoom, QuarantineSite, Stay, StayTest, Vehicle } from '@/api/rows';
import type { PersonCard } from '@/api/views';
import { pathogenField } from '@/fields/pathogens';
import type { Action } from '@/ui/desk/types';
import { newUpkeepActions, openingAction, seenActions } from './services/actions';
import { draftAction } from './transition/actions';

const stay = (row: Stay) => ({ stay: row.id });
const isAt =
  (...states: string[]) =>
  (row: { state: string }) =>
    states.includes(row.state);
const central = (row: Stay) => row.regime === 'central';
/** Turned positive, and still in the room. */
const isWaitingCase = (row: Stay) => row.state === 'converted' && Boolean(row.room);
const at =
  (regime: (row: Stay) => boolean, ...states: string[]) =>
  (row: Stay) =>
    states.includes(row.state) && regime(row);

const pick = (
  path: string,
  filters: Record<string, string>,
  label: (row: Record<string, unknown>, persons: Record<string, PersonCard>) => string,
) => ({
  kind: 'pick' as const,
  from: { path, filters, value: 'id', label },
});
const cleanRoom = pick('isolation/rooms', { state: 'clean' }, (row) => String(row.number));
const vehicle = pick('isolation/vehicles', { state: 'ready,under_way' }, (row) => String(row.plate));
const otherStay = pick(
  'isolation/stays',
  { state: 'observing,ordered,in_transfer' },
  (row, persons) => persons[String(row.person)]?.name ?? `…${String(row.id).slice(-6)}`,
);

const contactClasses = ['close_contact', 'contact_of_contact'];

/** The order rests on what was asked, for a contact on the judgement: person, class and Day 0 are not typed again. */
export const askedActions: Action<ControlAsked>[] = [
  {
    operation: 'isolation/order_stay',
    when: (row) => row.stands && !row.stay,
    fixed: (row, kit) => ({
      stay: kit.newId(),
      ...(contactClasses.includes(row.class) ? { contact: row.id } : {}),
      person: row.person,
      class: row.class,
    }),
    initial: () => ({ regime: 'central' }),
    fields: { pathogen: pathogenField },
    omit: ['day0', 'contact'],
    primary: true,
    review: true,
  },
];

export const stayActions: Action<Stay>[] = [
  {
    operation: 'isolation/redate_stay',
    when: (row) => Boolean(row.proposed_day0),
    fixed: stay,
    primary: true,
    review: true,
  },
  { operation: 'isolation/keep_dates', when: (row) => Boolean(row.proposed_day0), fixed: stay },
  {
    operation: 'isolation/start_transfer',
    when: at(central, 'ordered'),
    fixed: (row, kit) => ({ leg: kit.newId(), ...stay(row) }),
    fields: { vehicle },
    omit: ['to'],
    primary: true,
  },
  {
    key: 'isolation.fetch_patient',
    operation: 'isolation/start_transfer',
    when: isWaitingCase,
    fixed: (row, kit) => ({ leg: kit.newId(), ...stay(row) }),
    fields: { vehicle, to: { required: true, label: 'field.hospital' } },
    order: ['to', 'vehicle', 'expected_at'],
    primary: true,
  },
  { operation: 'isolation/hand_over_case', when: isWaitingCase, fixed: stay, review: true },
  {
    operation: 'isolation/admit_to_room',
    when: at(central, 'ordered', 'in_transfer'),
    fixed: stay,
    fields: { room: { ...cleanRoom, label: 'about.quarantine_room' } },
    primary: true,
  },
  {
    operation: 'isolation/settle_at_home',
    when: at((row) => !central(row), 'ordered'),
    fixed: stay,
    primary: true,
  },
  {
    operation: 'isolation/record_check',
    when: isAt('observing', 'home_phase'),
    fixed: stay,
    fields: { temperature: { unit: '℃' } },
    primary: true,
  },
  {
    operation: 'isolation/propose_release',
    when: at(central, 'observing'),
    fixed: stay,
  },
  {
    operation: 'isolation/accept_release',
    when: (row) => row.state === 'observing' && Boolean(row.village) && !row.accepted,
    fixed: stay,
    primary: true,
  },
  { operation: 'isolation/release_stay', when: isAt('observing'), fixed: stay, review: true },
  { operation: 'isolation/end_stay', when: isAt('home_phase'), fixed: stay, review: true },
  {
    operation: 'isolation/assess_home',
    when: at((row) => !central(row), 'ordered', 'observing'),
    fixed: stay,
  },
  {
    operation: 'isolation/move_to_site',
    when: at((row) => row.regime === 'home_isolation', 'ordered', 'observing'),
    fixed: stay,
    order: ['site', 'legal_basis', 'notice_given'],
    review: true,
  },
  {
    operation: 'isolation/extend_stay',
    when: isAt('observing', 'out_closed_loop', 'home_phase'),
    fixed: stay,
    order: ['until', 'reason', 'legal_basis', 'notice_given'],
    review: true,
  },
  { operation: 'isolation/call_at_door', when: isAt('home_phase', 'ended'), fixed: stay },
  {
    operation: 'isolation/record_surfaces',
    when: (row) => row.state === 'observing' && Boolean(row.room),
    fixed: stay,
  },
  { operation: 'isolation/send_out', when: isAt('observing'), fixed: stay, fields: { vehicle } },
  {
    operation: 'isolation/send_back',
    when: (row) => row.state === 'out_closed_loop' && !row.leg,
    fixed: stay,
    // A hospital sees no other unit's vehicles: where one of them fetches, it is on the leg there.
    omit: ['vehicle'],
    primary: true,
  },
  { operation: 'isolation/take_back', when: isAt('out_closed_loop'), fixed: stay, primary: true },
  {
    operation: 'isolation/approve_co_stay',
    when: at(central, 'ordered', 'in_transfer'),
    fixed: stay,
    fields: { with: otherStay },
  },
  {
    operation: 'isolation/record_located',
    when: isAt('absconded'),
    fixed: stay,
    primary: true,
  },
  ...seenActions,
  {
    operation: 'isolation/report_left_control',
    when: isAt('in_transfer', 'observing', 'out_closed_loop', 'home_phase'),
    fixed: stay,
    danger: true,
  },
  {
    operation: 'isolation/cancel_stay',
    when: isAt('ordered', 'in_transfer', 'observing', 'out_closed_loop', 'absconded', 'home_phase'),
    fixed: stay,
    danger: true,
    review: true,
  },
];

const alone = (row: QuarantineRoom) => row.state === 'occupied' && (row.stays ?? []).length === 1;

export const roomActions: Action<QuarantineRoom>[] = [
  {
    key: 'isolation.check_in_room',
    operation: 'isolation/record_check',
    when: alone,
    fixed: (row) => ({ stay: row.stays?.[0] }),
    fields: { temperature: { unit: '℃' } },
    primary: true,
  },
  {
    operation: 'isolation/disinfect_room',
    when: isAt('to_disinfect'),
    fixed: (row) => ({ room: row.id }),
    primary: true,
  },
  {
    operation: 'isolation/check_room',
    when: isAt('disinfected'),
    fixed: (row) => ({ room: row.id }),
    primary: true,
  },
];

export const testActions: Action<StayTest>[] = [
  {
    operation: 'isolation/explain_test',
    when: isAt('due', 'no_answer'),
    fixed: (row) => ({ test: row.id }),
  },
];

export const siteActions: Action<QuarantineSite>[] = [
  {
    operation: 'isolation/add_rooms',
    when: (row) => row.open,
    fixed: (row) => ({ site: row.id }),
    omit: ['rooms'],
    extra: [
      {
        name: 'rooms',
        kind: 'rows',
        required: true,
        columns: [
          {
            name: 'number',
            kind: 'text',
            aliases: ['房号', '房间', '房间号', '房间编号', 'room', 'room number'],
          },
          { name: 'floor', kind: 'text', aliases: ['层', '层数', '所在楼层'] },
        ],
      },
    ],
    wide: true,
    prepare: (body, _row, kit) =>
      Promise.resolve({
        kind: 'ok' as const,
        value: {
          ...body,
          rooms: ((body.rooms as Record<string, unknown>[] | undefined) ?? []).map((room) => ({
            ...room,
            room: kit.newId(),
          })),
        },
      }),
  },
  ...newUpkeepActions,
  {
    operation: 'isolation/close_site',
    when: (row) => row.open && row.occupied === 0,
    fixed: (row) => ({ site: row.id }),
    danger: true,
  },
];

export const legActions: Action<Leg>[] = [
  {
    operation: 'isolation/end_transfer',
    when: (row) => !row.arrived_at,
    // whoever signs has received: where it is another site than expected, the person is there
    fixed: (row, kit) => ({
      leg: row.id,
      ...(kit.session.unit.kind === 'quarantine_site' ? { at: kit.session.unit.id } : {}),
    }),
    omit: ['at'],
    primary: true,
  },
];

export const vehicleActions: Action<Vehicle>[] = [
  {
    operation: 'isolation/disinfect_vehicle',
    when: isAt('to_disinfect'),
    fixed: (row) => ({ vehicle: row.id }),
    primary: true,
  },
];

export const startActions: Action<undefined>[] = [
  {
    operation: 'isolation/order_stay',
    fixed: (_row, kit) => ({ stay: kit.newId() }),
    omit: ['contact'],
    initial: () => ({ regime: 'central' }),
    fields: { pathogen: pathogenField },
    review: true,
  },
  {
    operation: 'isolation/register_vehicle',
    fixed: (_row, kit) => ({ vehicle: kit.newId() }),
  },
  { operation: 'isolation/open_site' },
  openingAction,
  draftAction,
];
