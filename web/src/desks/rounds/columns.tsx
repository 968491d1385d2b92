import type { RoundPerson, RoundRow, SamplingPointRow, SeriesRow } from '@/api/rows';
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
import type { Column } from '@/ui/DataList';
import type { Tone } from '@/ui/Mark';

export const roundTones: Record<string, Tone> = { open: 'info', closed: 'good', cancelled: 'warning' };
export const pointTones: Record<string, Tone> = { open: 'good', crowded: 'error', set_up: 'info' };

export const roundColumns: Column<RoundRow>[] = [
  textColumn('title'),
  choiceColumn('state', 'round_state', roundTones),
  {
    key: 'coverage',
    head: 'rounds.coverage',
    cell: (row) => (row.equation ? percent(row.equation.coverage) : null),
  },
  unitColumn('county'),
  momentColumn('planned_at'),
];
export const roundDetails: Column<RoundRow>[] = [
  wordColumn('pathogen', 'pathogen'),
  { key: 'people', head: 'rounds.planned_people', cell: (row) => row.plan.people },
  { key: 'points', head: 'field.points', cell: (row) => row.plan.points },
  { key: 'samplers', head: 'field.samplers', cell: (row) => row.plan.samplers },
  textColumn('support'),
  { key: 'tube_size', head: 'field.tube_size', cell: (row) => row.plan.tube_size },
];

export const pointColumns: Column<SamplingPointRow>[] = [
  textColumn('title'),
  choiceColumn('state', 'point_state', pointTones),
  unitColumn('unit'),
  textColumn('township'),
  { key: 'people', head: 'rounds.planned_people', cell: (row) => row.people },
  textColumn('samplers'),
  textColumn('waiting'),
];
export const pointDetails: Column<SamplingPointRow>[] = [momentColumn('closed_at')];

export const missingColumns: Column<RoundPerson>[] = [
  personColumn('person'),
  choiceColumn('state', 'roster_state'),
  textColumn('township'),
  textColumn('building'),
  yesColumn('added'),
];
export const missingDetails: Column<RoundPerson>[] = [personLink('person')];

export const seriesColumns: Column<SeriesRow>[] = [
  wordColumn('pathogen', 'pathogen'),
  choiceColumn('state', 'series_state', { running: 'info', completed: 'good', stopped: 'warning' }),
  unitColumn('county'),
  { key: 'planned', head: 'rounds.series_of.planned', cell: (row) => row.planned },
  { key: 'closed', head: 'rounds.series_of.closed', cell: (row) => row.closed },
  { key: 'clean', head: 'rounds.series_of.clean', cell: (row) => row.clean },
  yesColumn('source_known'),
];

export function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}
