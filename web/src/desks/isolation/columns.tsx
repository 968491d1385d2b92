import { useTranslation } from 'react-i18next';
import type { ControlAsked, Leg, QuarantineRoom, QuarantineSite, Stay, StayTest, Vehicle } from '@/api/rows';
import {
  choiceColumn,
  momentColumn,
  personColumn,
  personLink,
  textColumn,
  unitColumn,
  wordColumn,
} from '@/ui/cells';
import { Countdown } from '@/ui/Countdown';
import type { Column } from '@/ui/DataList';
import { AboutLink } from '@/ui/DutyPane';
import { Mark, type Tone } from '@/ui/Mark';
import { homeOf } from '@/fields/ids';
import { ruleColumn, ruledMomentColumn } from '@/ui/ruled';
import { roomTones } from './rooms';

export const stayTones: Record<string, Tone> = {
  ordered: 'warning',
  in_transfer: 'warning',
  observing: 'info',
  absconded: 'error',
  converted: 'error',
  ended: 'good',
};
export const testTones: Record<string, Tone> = {
  due: 'warning',
  sampled: 'info',
  negative: 'good',
  positive: 'error',
  no_answer: 'warning',
};

/** Asked of a returnee: it rests on no case. */
const noCase = '00000000-0000-0000-0000-000000000000';

export const askedColumns: Column<ControlAsked>[] = [
  personColumn('person'),
  wordColumn('class', 'class'),
  textColumn('day0'),
  unitColumn('cdc'),
  {
    key: 'case_id',
    head: 'field.case_id',
    cell: (row) => (row.case_id === noCase ? null : <AboutLink kind="case" id={row.case_id} />),
  },
];

/** Days in a row of words. */
function daysColumn(field: 'proposed_tests' | 'foreseen_tests'): Column<Stay> {
  return { key: field, head: `field.${field}`, cell: (row) => row[field]?.join(' · ') || null };
}

/** Another class or Day 0: proposed to whoever ordered the measure, or not decided yet by the investigation. */
function Changing({ row }: { row: Stay }) {
  const { t } = useTranslation();
  if (row.proposed_day0) return <Mark tone="error">{t('isolation.to_redate')}</Mark>;
  if (row.foreseen_class) return <Mark tone="warning">{t('isolation.class_foreseen')}</Mark>;
  return null;
}

export const stayColumns: Column<Stay>[] = [
  personColumn('person'),
  { key: 'changing', head: 'field.changing', cell: (row) => <Changing row={row} /> },
  choiceColumn('state', 'stay_state', stayTones),
  wordColumn('class', 'class'),
  wordColumn('regime', 'regime'),
  unitColumn('site'),
  {
    key: 'next_check',
    head: 'field.next_check',
    cell: (row) => (row.next_check ? <Countdown dueAt={row.next_check} /> : null),
  },
  momentColumn('ends_at'),
];

/** For whoever drives: who, from whom, to where; not what the measure is about. */
export const transferColumns: Column<Stay>[] = [
  personColumn('person'),
  choiceColumn('state', 'stay_state', stayTones),
  wordColumn('class', 'class'),
  unitColumn('site'),
  momentColumn('ordered_at'),
  unitColumn('carrier'),
];

/** The entry the stay's measure stands on: of its disease, in the edition of the day it was ordered, in its county. */
const ruleOf = (row: Stay) => ({
  id: row.rule,
  pathogen: row.pathogen,
  at: row.ordered_at,
  in: homeOf(row.id),
});

export const stayDetails: Column<Stay>[] = [
  personLink('person'),
  textColumn('day0'),
  textColumn('proposed_day0'),
  wordColumn('proposed_class', 'class'),
  momentColumn('proposed_end'),
  momentColumn('proposed_home_until'),
  daysColumn('proposed_tests'),
  wordColumn('foreseen_class', 'class'),
  textColumn('foreseen_day0'),
  momentColumn('foreseen_end'),
  momentColumn('foreseen_home_until'),
  daysColumn('foreseen_tests'),
  ruleColumn('rule', ruleOf),
  textColumn('profile'),
  textColumn('legal_basis'),
  momentColumn('ordered_at'),
  momentColumn('admitted_at'),
  momentColumn('checked_at'),
  choiceColumn('surfaces', 'result', { positive: 'error', negative: 'good' }),
  ruledMomentColumn('home_until', ruleOf),
  momentColumn('released_at'),
  unitColumn('village'),
  unitColumn('cdc'),
];

export const testColumns: Column<StayTest>[] = [
  personColumn('person'),
  textColumn('day'),
  choiceColumn('state', 'test_state', testTones),
  unitColumn('site'),
  momentColumn('sampled_at'),
];

export const roomColumns: Column<QuarantineRoom>[] = [
  {
    key: 'number',
    head: 'about.quarantine_room',
    cell: (row) => <b>{row.number}</b>,
  },
  choiceColumn('state', 'quarantine_room_state', roomTones),
  textColumn('floor'),
  unitColumn('site'),
  momentColumn('since'),
];

export const siteColumns: Column<QuarantineSite>[] = [
  { ...unitColumn<QuarantineSite>('id'), head: 'field.site' },
  { ...textColumn<QuarantineSite>('rooms'), head: 'field.quarantine_rooms' },
  textColumn('clean'),
  textColumn('occupied'),
  textColumn('to_disinfect'),
  textColumn('disinfected'),
];

export const legColumns: Column<Leg>[] = [
  personColumn('person'),
  wordColumn('purpose', 'leg_purpose'),
  unitColumn('carrier'),
  unitColumn('receiver'),
  momentColumn('left_at'),
  {
    key: 'expected_at',
    head: 'field.expected_at',
    cell: (row) => (row.arrived_at ? null : <Countdown dueAt={row.expected_at} />),
  },
  momentColumn('arrived_at'),
];

export const vehicleColumns: Column<Vehicle>[] = [
  textColumn('plate'),
  choiceColumn('state', 'vehicle_state', { to_disinfect: 'warning', ready: 'good', under_way: 'info' }),
  wordColumn('carries', 'class'),
  textColumn('aboard'),
  textColumn('seats'),
  unitColumn('carrier'),
];
