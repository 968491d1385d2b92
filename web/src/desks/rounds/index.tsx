/** 轮次台: a mass round from its plan to its equation; who is not sampled yet; the points; what it would take. */
import type { RoundPerson, RoundRow, SamplingPointRow, SeriesRow } from '@/api/rows';
import { view, type Desk } from '@/ui/desk/types';
import { missingActions, pointActions, roundActions, seriesActions, startActions } from './actions';
import {
  missingColumns,
  missingDetails,
  pointColumns,
  pointDetails,
  roundColumns,
  roundDetails,
  seriesColumns,
} from './columns';
import { MissingBoard } from './MissingBoard';
import { PlannerBoard } from './PlannerBoard';
import { PointBelow } from './PointBelow';
import { postViews } from './posts';
import { RoundBelow } from './RoundBelow';

const desk: Desk = {
  name: 'rounds',
  views: [
    view<RoundRow>({
      key: 'rounds',
      path: 'screening/rounds',
      columns: roundColumns,
      details: roundDetails,
      rowKey: (row) => row.id,
      actions: roundActions,
      Below: RoundBelow,
    }),
    view<RoundPerson>({
      key: 'missing',
      path: 'screening/round_people',
      columns: missingColumns,
      details: missingDetails,
      rowKey: (row) => row.id,
      actions: missingActions,
      Board: MissingBoard,
    }),
    view<SamplingPointRow>({
      key: 'points',
      path: 'screening/points',
      columns: pointColumns,
      details: pointDetails,
      rowKey: (row) => row.id,
      actions: pointActions,
      Below: PointBelow,
      narrow: {
        field: 'point_state',
        param: 'state',
        values: ['planned', 'set_up', 'open', 'crowded', 'closed', 'cancelled'],
      },
    }),
    view<SeriesRow>({
      key: 'series',
      path: 'screening/series',
      columns: seriesColumns,
      rowKey: (row) => row.id,
      actions: seriesActions,
      narrow: { field: 'series_state', param: 'state', values: ['running', 'stopped', 'completed'] },
    }),
    ...postViews(['FRP', 'NUR', 'SMP', 'CDC', 'HA', 'DO', 'DL']),
    view({ key: 'planner', path: 'screening/rounds', columns: [], rowKey: () => '', Board: PlannerBoard }),
  ],
  start: startActions,
};
export default desk;
