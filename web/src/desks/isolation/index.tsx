/** 隔离台: who is to be isolated, who is under way, in a room, at home, or gone; the rooms and the vehicles. */
import type { ControlAsked, Leg, QuarantineRoom, QuarantineSite, Stay, StayTest, Vehicle } from '@/api/rows';
import { view, type Desk, type View } from '@/ui/desk/types';
import { LostBoard } from '@/ui/lost/LostBoard';
import {
  askedActions,
  legActions,
  roomActions,
  siteActions,
  startActions,
  stayActions,
  testActions,
  vehicleActions,
} from './actions';
import {
  askedColumns,
  legColumns,
  roomColumns,
  siteColumns,
  stayColumns,
  stayDetails,
  testColumns,
  vehicleColumns,
} from './columns';
import { RoomBelow } from './RoomBelow';
import { RoomBoard } from './RoomBoard';
import { StayBelow } from './StayBelow';
import { LegScan, StayScan } from './StayScan';

const states = [
  'ordered',
  'in_transfer',
  'observing',
  'out_closed_loop',
  'absconded',
  'home_phase',
  'converted',
  'ended',
  'cancelled',
];
const stays: Omit<View<Stay>, 'key'> = {
  path: 'isolation/stays',
  columns: stayColumns,
  details: stayDetails,
  rowKey: (row) => row.id,
  actions: stayActions,
  Below: StayBelow,
};

const desk: Desk = {
  name: 'isolation',
  views: [
    view<ControlAsked>({
      key: 'asked',
      path: 'isolation/control_asked',
      filters: { stands: 'true' },
      columns: askedColumns,
      rowKey: (row) => row.id,
      actions: askedActions,
    }),
    view({ ...stays, key: 'expected', filters: { state: 'ordered,in_transfer' }, Head: StayScan }),
    view({
      ...stays,
      key: 'here',
      filters: { state: 'observing,out_closed_loop,home_phase' },
      Head: StayScan,
    }),
    view({ ...stays, key: 'lost', Board: LostBoard }),
    view<QuarantineRoom>({
      key: 'rooms',
      path: 'isolation/rooms',
      columns: roomColumns,
      rowKey: (row) => row.id,
      actions: roomActions,
      Board: RoomBoard,
      Below: RoomBelow,
    }),
    view<StayTest>({
      key: 'tests',
      path: 'isolation/stay_tests',
      filters: { state: 'due,no_answer,sampled' },
      columns: testColumns,
      rowKey: (row) => row.id,
      actions: testActions,
    }),
    view<Leg>({
      key: 'legs',
      path: 'isolation/legs',
      columns: legColumns,
      rowKey: (row) => row.id,
      actions: legActions,
      Head: LegScan,
    }),
    view<Vehicle>({
      key: 'vehicles',
      path: 'isolation/vehicles',
      columns: vehicleColumns,
      rowKey: (row) => row.id,
      actions: vehicleActions,
    }),
    view<QuarantineSite>({
      key: 'sites',
      path: 'isolation/sites',
      columns: siteColumns,
      rowKey: (row) => row.id,
      actions: siteActions,
    }),
    view({ ...stays, key: 'all', narrow: { field: 'stay_state', param: 'state', values: states } }),
  ],
  start: startActions,
};
export default desk;
