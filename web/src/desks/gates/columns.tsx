import type {
  Arrival,
  Controlled,
  ExternalList,
  Gate,
  GateCheck,
  GateShift,
  KeyPerson,
  Landing,
  Reread,
  Returnee,
  TruckRun,
} from '@/api/rows';
import {
  choiceColumn,
  momentColumn,
  personColumn,
  personLink,
  textColumn,
  unitColumn,
  wordColumn,
  yesColumn,
} from '@/ui/cells';
import { Countdown } from '@/ui/Countdown';
import type { Column } from '@/ui/DataList';
import type { Tone } from '@/ui/Mark';
import { Words } from './Words';

const outcomes: Record<string, Tone> = {
  passed: 'good',
  second_check: 'warning',
  fever_clinic: 'error',
  red_channel: 'error',
  emergency: 'info',
};
const verdicts: Record<string, Tone> = {
  pass: 'good',
  second_check: 'warning',
  fever_clinic: 'error',
  red_channel: 'error',
};
export const driverTones: Record<string, Tone> = {
  arrived: 'warning',
  sampled: 'warning',
  released_tracked: 'info',
  cleared: 'good',
  stopped: 'error',
};

export const checkColumns: Column<GateCheck>[] = [
  momentColumn('at'),
  personColumn('person'),
  choiceColumn('outcome', 'outcome', outcomes),
  {
    key: 'reasons',
    head: 'field.reasons',
    cell: (row) => <Words set="reasons" values={row.reasons ?? []} />,
  },
  unitColumn('gate'),
  unitColumn('receiver'),
  momentColumn('handed_over_at'),
];
export const checkDetails: Column<GateCheck>[] = [
  personLink('person'),
  choiceColumn('verdict', 'verdict', verdicts),
  wordColumn('health', 'health'),
  wordColumn('service_health', 'health'),
  momentColumn('service_at'),
  wordColumn('source', 'source'),
  textColumn('temperature'),
  momentColumn('certificate_at'),
  textColumn('places'),
  yesColumn('history_settled'),
  textColumn('list_version'),
  momentColumn('decided_at'),
  yesColumn('alone'),
  textColumn('dispute'),
];
export const shiftColumns: Column<GateShift>[] = [
  momentColumn('starts'),
  unitColumn('gate'),
  textColumn('records'),
  textColumn('passed'),
  textColumn('second_check'),
  textColumn('red_channel'),
  textColumn('fever_clinic'),
  textColumn('emergency'),
  textColumn('checked'),
  textColumn('handed_over'),
  momentColumn('ended_at'),
];
export const gateColumns: Column<Gate>[] = [
  { ...unitColumn<Gate>('id'), head: 'field.gate' },
  wordColumn('kind', 'kind'),
  yesColumn('open'),
  momentColumn('since'),
  momentColumn('silent_from'),
];
export const driverColumns: Column<TruckRun>[] = [
  momentColumn('arrived_at'),
  personColumn('person'),
  textColumn('plate'),
  choiceColumn('state', 'driver_state', driverTones),
  unitColumn('holder'),
  {
    key: 'next_due',
    head: 'field.next_due',
    cell: (row) => (row.next_due ? <Countdown dueAt={row.next_due} /> : null),
  },
];
export const driverDetails: Column<TruckRun>[] = [
  personLink('person'),
  unitColumn('gate'),
  unitColumn('destination'),
  momentColumn('certificate_at'),
  yesColumn('in_date'),
  momentColumn('first_sampled_at'),
  wordColumn('antigen', 'result'),
  momentColumn('not_before'),
  momentColumn('released_at'),
  momentColumn('ended_at'),
];
export const controlColumns: Column<Controlled>[] = [
  personColumn('id'),
  {
    key: 'grounds',
    head: 'field.grounds',
    cell: (row) => <Words set="kind" values={(row.grounds ?? []).map((one) => one.kind)} />,
  },
  momentColumn('since'),
];
export const listColumns: Column<ExternalList>[] = [
  textColumn('number'),
  choiceColumn('state', 'list_state', { in_force: 'good', received: 'warning' }),
  { key: 'entries', head: 'field.entries', cell: (row) => String(row.entries?.length ?? 0) },
  momentColumn('received_at'),
  momentColumn('in_force_at'),
];
export const landingColumns: Column<Landing>[] = [
  momentColumn('arrived_at'),
  textColumn('number'),
  wordColumn('carriage', 'carriage'),
  unitColumn('place'),
  textColumn('arrived'),
  textColumn('high'),
  textColumn('medium'),
  textColumn('infection_reported'),
  textColumn('none'),
  textColumn('to_class'),
  textColumn('left_unclassed'),
];
export const arrivalColumns: Column<Arrival>[] = [
  momentColumn('arrived_at'),
  personColumn('person'),
  textColumn('from'),
  wordColumn('listed', 'class'),
  choiceColumn('state', 'arrival_state', { to_class: 'warning', left_unclassed: 'error', classed: 'good' }),
  unitColumn('place'),
];
export const arrivalDetails: Column<Arrival>[] = [
  personLink('person'),
  wordColumn('class', 'class'),
  textColumn('list_version'),
  momentColumn('classed_at'),
  textColumn('tests'),
  textColumn('sampled'),
  momentColumn('not_before'),
  momentColumn('next_due'),
];
export const rereadColumns: Column<Reread>[] = [
  momentColumn('made_at'),
  textColumn('number'),
  textColumn('lines'),
  textColumn('open'),
  unitColumn('owner'),
];
export const returneeColumns: Column<Returnee>[] = [
  personColumn('person'),
  choiceColumn('state', 'returnee_state', { back: 'warning', classed: 'good' }),
  textColumn('from'),
  textColumn('left_day'),
  yesColumn('reported'),
  wordColumn('class', 'class'),
  yesColumn('owes_order'),
  unitColumn('village'),
];
export const keyPersonColumns: Column<KeyPerson>[] = [
  personColumn('person'),
  choiceColumn('state', 'key_state', { listed: 'warning', enrolled: 'info', in_control: 'good' }),
  wordColumn('class', 'class'),
  textColumn('source'),
  unitColumn('holder'),
  {
    key: 'next_due',
    head: 'field.next_due',
    cell: (row) => (row.next_due ? <Countdown dueAt={row.next_due} /> : null),
  },
];
