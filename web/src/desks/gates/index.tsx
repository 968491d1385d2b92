/** 卡口台: check, red channel and receivers, truck drivers, totals; who is looked for, and the places that count. */
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
import { view, type Desk, type View } from '@/ui/desk/types';
import {
  arrivalActions,
  checkActions,
  controlActions,
  driverActions,
  gateActions,
  keyPersonActions,
  listActions,
  returneeActions,
  shiftActions,
  startActions,
} from './actions';
import {
  arrivalColumns,
  arrivalDetails,
  checkColumns,
  checkDetails,
  controlColumns,
  driverColumns,
  driverDetails,
  gateColumns,
  keyPersonColumns,
  landingColumns,
  listColumns,
  rereadColumns,
  returneeColumns,
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
    view<Arrival>({
      key: 'arrivals',
      path: 'gates/arrivals',
      columns: arrivalColumns,
      details: arrivalDetails,
      rowKey: (row) => row.id,
      actions: arrivalActions,
      narrow: { field: 'arrival_state', param: 'state', values: ['to_class', 'classed', 'left_unclassed'] },
    }),
    view<Landing>({
      key: 'landings',
      path: 'gates/landings',
      columns: landingColumns,
      rowKey: (row) => row.id,
    }),
    view<Returnee>({
      key: 'returnees',
      path: 'gates/returnees',
      columns: returneeColumns,
      rowKey: (row) => row.id,
      actions: returneeActions,
    }),
    view<KeyPerson>({
      key: 'key_persons',
      path: 'gates/key_persons',
      columns: keyPersonColumns,
      rowKey: (row) => row.id,
      actions: keyPersonActions,
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
      actions: controlActions,
    }),
    view<Reread>({
      key: 'rereads',
      path: 'gates/rereads',
      columns: rereadColumns,
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
