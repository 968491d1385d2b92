/** 轮次台: a mass round from its plan to its equation; who is not sampled yet; the points; what it would take. */
import type { RoundPerson, RoundRow, SamplingPointRow } from '@/api/rows';
import { view, type Desk } from '@/ui/desk/types';
import { missingActions, pointActions, roundActions, startActions } from './actions';
import {
  missingColumns,
  missingDetails,
  pointColumns,
  pointDetails,
  roundColumns,
  roundDetails,
} from './columns';
import { PlannerBoard } from './PlannerBoard';
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
      filters: { state: 'rostered' },
      columns: missingColumns,
      details: missingDetails,
      rowKey: (row) => row.id,
      actions: missingActions,
    }),
    view<SamplingPointRow>({
      key: 'points',
      path: 'screening/points',
      columns: pointColumns,
      details: pointDetails,
      rowKey: (row) => row.id,
      actions: pointActions,
      narrow: {
        field: 'point_state',
        param: 'state',
        values: ['planned', 'set_up', 'open', 'crowded', 'closed'],
      },
    }),
    view({ key: 'planner', path: 'screening/rounds', columns: [], rowKey: () => '', Board: PlannerBoard }),
  ],
  start: startActions,
};
export default desk;
