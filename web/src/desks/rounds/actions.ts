import type { RoundPerson, RoundRow, SamplingPointRow, SeriesRow } from '@/api/rows';
import { pathogenField } from '@/fields/pathogens';
import { enrolOne, enrolled } from './enrol';
import { formGroup } from './posts';
import type { Action } from '@/ui/desk/types';
import { lastProposal } from './proposal';

const round = (row: RoundRow) => ({ round: row.id });
const inState =
  (...states: string[]) =>
  (row: { state: string }) =>
    states.includes(row.state);

/** In the order of a round's way. */
export const roundActions: Action<RoundRow>[] = [
  { operation: 'screening/sign_support', when: inState('planned'), fixed: round },
  { operation: 'screening/approve_round', when: inState('planned'), fixed: round, primary: true },
  { operation: 'screening/open_round', when: inState('approved'), fixed: round, primary: true },
  {
    operation: 'screening/order_point',
    when: inState('approved', 'open'),
    fixed: (row, kit) => ({ round: row.id, point: kit.newId() }),
    // Where it stands is how the nearest free team is found when it is crowded.
    fields: { longitude: { unit: '°E' }, latitude: { unit: '°N' } },
    order: ['title', 'unit', 'township', 'people', 'samplers', 'longitude', 'latitude'],
  },
  {
    operation: 'screening/enrol_people',
    when: inState('planned', 'approved', 'open'),
    fixed: round,
    omit: ['people'],
    extra: enrolOne,
    prepare: (body, _row, kit) => enrolled(body, kit),
  },
  { operation: 'screening/close_sampling', when: inState('open'), fixed: round, review: true, primary: true },
  { operation: 'screening/close_results', when: inState('sampling_closed'), fixed: round, primary: true },
  { operation: 'screening/reconcile_round', when: inState('results_closed'), fixed: round, primary: true },
  {
    operation: 'screening/close_round',
    when: inState('reconciled'),
    fixed: round,
    review: true,
    primary: true,
  },
  {
    operation: 'screening/cancel_round',
    when: inState('planned', 'approved'),
    fixed: round,
    danger: true,
    review: true,
  },
];

export const pointActions: Action<SamplingPointRow>[] = [
  {
    operation: 'screening/set_up_point',
    when: inState('planned'),
    fixed: (row) => ({ point: row.id }),
    primary: true,
  },
  {
    operation: 'screening/open_point',
    when: inState('set_up'),
    fixed: (row) => ({ point: row.id }),
    primary: true,
  },
  {
    operation: 'screening/report_queue',
    when: inState('open', 'crowded'),
    fixed: (row) => ({ point: row.id }),
    primary: true,
  },
  {
    operation: 'screening/join_point',
    when: inState('set_up', 'open', 'crowded'),
    fixed: (row) => ({ point: row.id }),
  },
  {
    operation: 'screening/cancel_point',
    when: inState('planned', 'set_up'),
    fixed: (row) => ({ point: row.id }),
    danger: true,
  },
  {
    operation: 'screening/close_point',
    when: inState('open', 'crowded'),
    fixed: (row) => ({ point: row.id }),
    review: true,
    danger: true,
  },
];

const one = (row: RoundPerson) => ({ round: row.round, people: [row.person] });
export const missingActions: Action<RoundPerson>[] = [
  { operation: 'screening/note_tested_elsewhere', when: inState('rostered'), fixed: one },
  { operation: 'screening/note_out_of_area', when: inState('rostered'), fixed: one },
  { operation: 'screening/exempt_people', when: inState('rostered'), fixed: one, review: true },
];

const running = (row: SeriesRow) => row.state === 'running';
const series = (row: SeriesRow) => ({ series: row.id });

export const seriesActions: Action<SeriesRow>[] = [
  {
    operation: 'screening/note_case_outside',
    when: running,
    fixed: series,
    fields: {
      case_id: {
        kind: 'pick',
        label: 'field.case',
        from: {
          path: 'investigation/cases',
          value: 'id',
          label: (row, persons) => persons[String(row.person)]?.name ?? String(row.id).slice(-6),
        },
      },
    },
    primary: true,
  },
  { operation: 'screening/stop_series', when: running, fixed: series, danger: true, review: true },
];

export const startActions: Action<undefined>[] = [
  {
    operation: 'screening/plan_round',
    fixed: (_row, kit) => ({ round: kit.newId() }),
    fields: {
      pathogen: pathogenField,
      series: {
        kind: 'pick',
        from: {
          path: 'screening/series',
          filters: { state: 'running' },
          value: 'id',
          label: (row) => `${String(row.closed)}/${String(row.planned)} · ${String(row.pathogen)}`,
        },
      },
    },
    initial: () => ({ pathogen: 'covid19-cn', outbreak: true, ...lastProposal() }),
    order: ['title', 'pathogen', 'people', 'points', 'samplers', 'tube_size'],
    primary: true,
    wide: true,
  },
  {
    operation: 'screening/plan_series',
    fixed: (_row, kit) => ({ series: kit.newId() }),
    fields: { pathogen: pathogenField },
    initial: () => ({ pathogen: 'covid19-cn' }),
  },
  formGroup,
];
