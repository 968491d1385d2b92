import type { Clinic, Encounter, Room } from '@/api/rows';
import {
  choiceColumn,
  CodeMark,
  dueColumn,
  momentColumn,
  personColumn,
  personLink,
  textColumn,
  unitColumn,
  wordColumn,
  yesColumn,
} from '@/ui/cells';
import type { Column } from '@/ui/DataList';
import type { Tone } from '@/ui/Mark';
import { RoomNumber } from './RoomNumber';

export const encounterTones: Record<string, Tone> = {
  awaiting: 'warning',
  sampled: 'warning',
  isolated: 'error',
  left_early: 'error',
  recalled: 'error',
  emergency: 'error',
  cleared: 'good',
  left: 'plain',
  closed_neg: 'plain',
};
export const resultTones: Record<string, Tone> = {
  positive: 'error',
  grey: 'warning',
  invalid: 'warning',
  negative: 'good',
};

const code: Column<Encounter> = {
  key: 'code',
  head: 'field.health_code',
  cell: (row) => <CodeMark code={row.code} />,
};
const temperature: Column<Encounter> = {
  key: 'temperature',
  head: 'field.temperature',
  cell: (row) =>
    row.temperature ? <span data-hot={row.temperature >= 37.3}>{row.temperature.toFixed(1)} ℃</span> : null,
};
const room: Column<Encounter> = {
  key: 'room',
  head: 'field.room',
  cell: (row) => (row.room ? <RoomNumber id={row.room} /> : null),
};

export const encounterColumns: Column<Encounter>[] = [
  personColumn('person'),
  choiceColumn('state', 'encounter_state', encounterTones),
  code,
  temperature,
  room,
  choiceColumn('result', 'result', resultTones),
  dueColumn('hold_until', (row) => row.state === 'awaiting' || row.state === 'sampled'),
  { ...momentColumn<Encounter>('arrived_at'), head: 'field.arrived_at_clinic' },
];

export const encounterDetails: Column<Encounter>[] = [
  personLink('person'),
  wordColumn('symptoms', 'symptoms'),
  textColumn('onset_day'),
  yesColumn('history_flag'),
  wordColumn('pathogen', 'pathogen'),
  unitColumn('clinic'),
  unitColumn('hospital'),
  momentColumn('result_at'),
  yesColumn('at_home'),
  yesColumn('resample_due'),
  yesColumn('search_open'),
  wordColumn('exit', 'exit'),
];

export const roomColumns: Column<Room>[] = [
  { key: 'number', head: 'field.room', cell: (row) => row.number },
  choiceColumn('state', 'room_state', {
    free: 'good',
    occupied: 'warning',
    closed: 'plain',
    to_disinfect: 'warning',
  }),
  yesColumn('red_lane'),
  unitColumn('clinic'),
];

export const clinicColumns: Column<Clinic>[] = [
  { ...unitColumn<Clinic>('id'), head: 'field.clinic' },
  yesColumn('open'),
  textColumn('rooms'),
  textColumn('free'),
  textColumn('occupied'),
  textColumn('to_disinfect'),
  textColumn('closed'),
  unitColumn('hospital'),
];
