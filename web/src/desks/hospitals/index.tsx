/** 分诊台 / 发热门诊台: everyone in the clinic, who waits for a result and may not leave, the rooms. */
import type { Clinic, Encounter, Room } from '@/api/rows';
import { view, type Desk, type View } from '@/ui/desk/types';
import { clinicActions, encounterActions, roomActions, startActions } from './actions';
import { clinicColumns, encounterColumns, encounterDetails, roomColumns } from './columns';
import { HoldBanner } from './HoldBanner';
import { RoomBoard } from './RoomBoard';

const open = 'arrived,triaged_1,triaged_2,in_room,sampled,awaiting,cleared,isolated,emergency';
const states = [
  'arrived',
  'triaged_1',
  'triaged_2',
  'in_room',
  'awaiting',
  'cleared',
  'isolated',
  'left_early',
  'emergency',
  'recalled',
  'left',
  'admitted',
  'transferred',
  'closed',
  'closed_neg',
];

const encounters: Omit<View<Encounter>, 'key'> = {
  path: 'hospitals/encounters',
  columns: encounterColumns,
  details: encounterDetails,
  rowKey: (row) => row.id,
  actions: encounterActions,
  Above: HoldBanner,
};

const here = view({ ...encounters, key: 'here', filters: { state: open } });
const waiting = view({ ...encounters, key: 'waiting', filters: { state: 'sampled,awaiting' } });
const gone = view({ ...encounters, key: 'left', filters: { state: 'left_early,recalled' } });
const all = view({
  ...encounters,
  key: 'all',
  narrow: { field: 'encounter_state', param: 'state', values: states },
});

const rooms = view<Room>({
  key: 'rooms',
  path: 'hospitals/rooms',
  columns: roomColumns,
  rowKey: (row) => row.id,
  actions: roomActions,
  Board: RoomBoard,
});
const clinics = view<Clinic>({
  key: 'clinics',
  path: 'hospitals/clinics',
  columns: clinicColumns,
  rowKey: (row) => row.id,
  actions: clinicActions,
});

const desk: Desk = {
  name: 'hospitals',
  views: [here, waiting, rooms, gone, all, clinics],
  start: startActions,
};
export default desk;
