/** 卡口台: check, red channel and receivers, truck drivers, totals; who is looked for, and the places that count. */
import type { Controlled, ExternalList, Gate, GateCheck, GateShift, TruckRun } from '@/api/rows';
import { view, type Desk, type View } from '@/ui/desk/types';
import {
  checkActions,
  driverActions,
  gateActions,
  listActions,
  shiftActions,
  startActions,
} from './actions';
import {
  checkColumns,
  checkDetails,
  controlColumns,
  driverColumns,
  driverDetails,
  gateColumns,
  listColumns,
  shiftColumns,
} from './columns';
import { GateBoard } from './GateBoard';

const outcomes = ['checked', 'passed', 'second_check', 'fever_clinic', 'red_channel', 'emergency'];
const checks: Omit<View<GateCheck>, 'key'> = {
  path: 'gates/checks',
  columns: checkColumns,
  details: checkDetails,
  rowKey: (row) => row.id,
  actions: checkActions,
};

const desk: Desk = {
  name: 'gates',
  views: [
    view<Gate>({
      key: 'check',
      path: 'gates/gates',
      readers: ['GK'],
      columns: [],
      rowKey: (row) => row.id,
      Board: GateBoard,
    }),
    view({ ...checks, key: 'red', filters: { outcome: 'red_channel,fever_clinic,emergency' } }),
    view<TruckRun>({
      key: 'drivers',
      path: 'gates/truck_runs',
      columns: driverColumns,
      details: driverDetails,
      rowKey: (row) => row.id,
      actions: driverActions,
      narrow: {
        field: 'driver_state',
        param: 'state',
        values: ['arrived', 'sampled', 'released_tracked', 'cleared', 'stopped'],
      },
    }),
    view({ ...checks, key: 'all', narrow: { field: 'outcome', param: 'outcome', values: outcomes } }),
    view({ ...checks, key: 'disputed', filters: { was_disputed: true } }),
    view<GateShift>({
      key: 'totals',
      path: 'gates/shifts',
      columns: shiftColumns,
      rowKey: (row) => row.id,
      actions: shiftActions,
    }),
    view<Gate>({
      key: 'gates',
      path: 'gates/gates',
      columns: gateColumns,
      rowKey: (row) => row.id,
      actions: gateActions,
    }),
    view<Controlled>({
      key: 'control',
      path: 'gates/control_list',
      filters: { stopped: true },
      columns: controlColumns,
      rowKey: (row) => row.id,
    }),
    view<ExternalList>({
      key: 'lists',
      path: 'gates/external_lists',
      columns: listColumns,
      rowKey: (row) => row.id,
      actions: listActions,
    }),
  ],
  start: startActions,
};
export default desk;
