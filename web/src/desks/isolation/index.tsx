/** 隔离台: who is to be isolated, who is under way, in a room, at home, or gone; the rooms and the vehicles. */
import type {
  ControlAsked,
  Counselling,
  CrossExposure,
  Leg,
  MeasureConflict,
  QuarantineRoom,
  QuarantineSite,
  SiteUpkeep,
  Stay,
  StayTest,
  TransitionOrder,
  Vehicle,
} from '@/api/rows';
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
import { conflictActions, counsellingActions, crossExposureActions, upkeepActions } from './services/actions';
import {
  conflictColumns,
  conflictDetails,
  counsellingColumns,
  counsellingDetails,
  crossExposureColumns,
  crossExposureDetails,
  upkeepColumns,
  upkeepDetails,
} from './services/columns';
import { CounsellingHead } from './services/CounsellingHead';
import { StayBelow } from './StayBelow';
import { LegScan, StayScan } from './StayScan';
import { orderActions } from './transition/actions';
import { orderColumns, orderDetails } from './transition/columns';
import { TransitionBoard } from './transition/TransitionBoard';

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
/** Who deals with the people themselves; a counsellor and a supervisor see only what is theirs. */
const readers = ['QM', 'QD', 'CDC', 'INV', 'TRN', 'GRID', 'FRP', 'DO', 'DL', 'CMD', 'HA', 'POL'];
/** A hospital signs for whom it was brought, and hands back. */
const andHospital = [...readers, 'DOC', 'NUR'];
const stays: Omit<View<Stay>, 'key'> = {
  path: 'isolation/stays',
  readers,
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
      readers,
      filters: { stands: 'true' },
      columns: askedColumns,
      rowKey: (row) => row.id,
      actions: askedActions,
    }),
    view({ ...stays, key: 'expected', filters: { state: 'ordered,in_transfer' }, Head: StayScan }),
    view({
      ...stays,
      key: 'here',
      readers: andHospital,
      filters: { state: 'observing,out_closed_loop,home_phase' },
      Head: StayScan,
    }),
    view({ ...stays, key: 'patients', filters: { state: 'converted', ended_at: null }, Head: StayScan }),
    view({ ...stays, key: 'lost', Board: LostBoard }),
    view<QuarantineRoom>({
      key: 'rooms',
      path: 'isolation/rooms',
      readers,
      columns: roomColumns,
      rowKey: (row) => row.id,
      actions: roomActions,
      Board: RoomBoard,
      Below: RoomBelow,
    }),
    view<StayTest>({
      key: 'tests',
      path: 'isolation/stay_tests',
      readers,
      filters: { state: 'due,no_answer,sampled' },
      columns: testColumns,
      rowKey: (row) => row.id,
      actions: testActions,
    }),
    view<Leg>({
      key: 'legs',
      path: 'isolation/legs',
      readers: andHospital,
      columns: legColumns,
      rowKey: (row) => row.id,
      actions: legActions,
      Head: LegScan,
    }),
    view<Vehicle>({
      key: 'vehicles',
      path: 'isolation/vehicles',
      readers,
      columns: vehicleColumns,
      rowKey: (row) => row.id,
      actions: vehicleActions,
    }),
    view<QuarantineSite>({
      key: 'sites',
      path: 'isolation/sites',
      readers,
      columns: siteColumns,
      rowKey: (row) => row.id,
      actions: siteActions,
    }),
    view<SiteUpkeep>({
      key: 'upkeep',
      path: 'isolation/site_upkeep',
      readers: ['QM', 'QD', 'PSY', 'CDC', 'HA', 'CMD', 'DO', 'DL', 'INS'],
      columns: upkeepColumns,
      details: upkeepDetails,
      rowKey: (row) => row.id,
      actions: upkeepActions,
    }),
    view<Counselling>({
      key: 'counselling',
      path: 'isolation/counselling',
      readers: ['PSY', 'QD'],
      columns: counsellingColumns,
      details: counsellingDetails,
      rowKey: (row) => row.id,
      actions: counsellingActions,
      Head: CounsellingHead,
    }),
    view<CrossExposure>({
      key: 'cross',
      path: 'isolation/cross_exposures',
      readers: ['QM', 'QD', 'CDC', 'INV', 'HA', 'CMD'],
      columns: crossExposureColumns,
      details: crossExposureDetails,
      rowKey: (row) => row.id,
      actions: crossExposureActions,
    }),
    view<MeasureConflict>({
      key: 'conflicts',
      path: 'isolation/measure_conflicts',
      readers: ['CDC', 'CMD', 'DO', 'DL', 'HA'],
      columns: conflictColumns,
      details: conflictDetails,
      rowKey: (row) => row.id,
      actions: conflictActions,
    }),
    view<TransitionOrder>({
      key: 'transitions',
      path: 'isolation/transition_orders',
      readers: ['CDC', 'CMD', 'HA', 'DO', 'DL', 'QM', 'QD'],
      columns: orderColumns,
      details: orderDetails,
      rowKey: (row) => row.id,
      actions: orderActions,
      Board: TransitionBoard,
    }),
    view({ ...stays, key: 'all', narrow: { field: 'stay_state', param: 'state', values: states } }),
  ],
  start: startActions,
};
export default desk;
