/** 检测台: a tube from its label to the second signature, one tab for each place it can lie in. */
import type { Box, InterfaceMessage, Laboratory, PlateRow, ReagentLot, Tube } from '@/api/rows';
import { postViews } from '@/desks/rounds/posts';
import { view, type Desk, type View } from '@/ui/desk/types';
import { ImportBoard } from '@/ui/imports/ImportBoard';
import {
  boxActions,
  holdActions,
  laboratoryActions,
  lotActions,
  plateActions,
  startActions,
  tubeActions,
} from './actions';
import { BacklogBoard } from './BacklogBoard';
import {
  boxColumns,
  laboratoryColumns,
  laboratoryDetails,
  lostColumns,
  lotColumns,
  messageColumns,
  plateColumns,
  plateDetails,
  tubeColumns,
  tubeDetails,
} from './columns';
import { HoldsBoard } from './HoldsBoard';
import { PlateBelow } from './PlateBelow';
import { PrintedHead } from './PrintedHead';
import { ScanBar } from './ScanBar';
import { TubeBelow } from './TubeBelow';

const states = [
  'printed',
  'open',
  'sealed',
  'in_transit',
  'received',
  'rejected',
  'testing',
  'provisional',
  'authorised',
  'amended',
  'lost',
  'voided',
];

const awaited = ['seal', 'box', 'receipt', 'result', 'members', 'duplicate'];

const tubes: Omit<View<Tube>, 'key'> = {
  path: 'screening/tubes',
  columns: tubeColumns,
  details: tubeDetails,
  rowKey: (row) => row.id,
  actions: tubeActions,
  Head: ScanBar,
  Below: TubeBelow,
};

function ReadingsBoard() {
  return <ImportBoard only="instrument_readings" />;
}

const desk: Desk = {
  name: 'screening',
  views: [
    view({ ...tubes, key: 'arriving', filters: { state: 'sealed,in_transit' } }),
    view({ ...tubes, key: 'testing', filters: { state: 'received,testing' } }),
    view({ ...tubes, key: 'sign', filters: { state: 'provisional' } }),
    view({ ...tubes, key: 'done', filters: { state: 'authorised,amended,rejected,lost' } }),
    view({ ...tubes, key: 'printed', filters: { state: 'printed,open' }, Head: PrintedHead }),
    view({ ...tubes, key: 'all', narrow: { field: 'tube_state', param: 'state', values: states } }),
    view({
      ...tubes,
      key: 'lost',
      columns: lostColumns,
      filters: { awaits: awaited.join(',') },
      narrow: { field: 'awaits', param: 'awaits', values: awaited },
    }),
    view({ ...tubes, key: 'holds', actions: holdActions, Board: HoldsBoard }),
    view<Box>({
      key: 'boxes',
      path: 'screening/boxes',
      columns: boxColumns,
      rowKey: (row) => row.id,
      actions: boxActions,
      narrow: {
        field: 'box_state',
        param: 'state',
        values: ['in_transit', 'part_received', 'reconciled', 'lost'],
      },
    }),
    view<PlateRow>({
      key: 'plates',
      path: 'screening/plates',
      columns: plateColumns,
      details: plateDetails,
      rowKey: (row) => row.id,
      actions: plateActions,
      Below: PlateBelow,
      narrow: { field: 'plate_state', param: 'state', values: ['loaded', 'read', 'authorised'] },
    }),
    view({
      key: 'readings',
      path: 'imports',
      readers: ['LAB'],
      columns: [],
      rowKey: () => '',
      Board: ReadingsBoard,
    }),
    view<InterfaceMessage>({
      key: 'messages',
      path: 'screening/interface_messages',
      readers: ['LAB', 'LAA', 'CDC', 'ADM'],
      columns: messageColumns,
      rowKey: (row) => row.id,
      actions: [],
      narrow: { field: 'message_verdict', param: 'verdict', values: ['accepted', 'refused'] },
    }),
    view({ key: 'backlog', path: 'screening/tubes', columns: [], rowKey: () => '', Board: BacklogBoard }),
    view<Laboratory>({
      key: 'laboratories',
      path: 'screening/laboratories',
      columns: laboratoryColumns,
      details: laboratoryDetails,
      rowKey: (row) => row.id,
      actions: laboratoryActions,
    }),
    view<ReagentLot>({
      key: 'lots',
      path: 'screening/reagent_lots',
      columns: lotColumns,
      rowKey: (row) => row.id,
      actions: lotActions,
    }),
    ...postViews(['NUR']),
  ],
  start: startActions,
};
export default desk;
