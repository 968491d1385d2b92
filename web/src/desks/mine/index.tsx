/** 我的人: the people at home whom a grid worker sees every day, on a phone, at their doors. */
import type { Stay } from '@/api/rows';
import { stayActions } from '@/desks/isolation/actions';
import { stayColumns, stayDetails } from '@/desks/isolation/columns';
import { areaLines } from '@/desks/cooperation/lines';
import { StayBelow } from '@/desks/isolation/StayBelow';
import { view, type Desk, type View } from '@/ui/desk/types';
import { PeopleBoard } from './PeopleBoard';

const stays: Omit<View<Stay>, 'key'> = {
  path: 'isolation/stays',
  columns: stayColumns,
  details: stayDetails,
  rowKey: (row) => row.id,
  actions: stayActions,
  Below: StayBelow,
};

const desk: Desk = {
  name: 'mine',
  views: [
    view({ ...stays, key: 'people', Board: PeopleBoard }),
    view({ ...areaLines, key: 'lines' }),
    view({ ...stays, key: 'coming', filters: { state: 'ordered,in_transfer' } }),
    view({ ...stays, key: 'lost', filters: { state: 'absconded' } }),
    view({ ...stays, key: 'over', filters: { state: 'ended,converted,cancelled' } }),
  ],
};
export default desk;
