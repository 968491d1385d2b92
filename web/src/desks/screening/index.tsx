/** 检测台: a tube from its label to the second signature, one tab for each place it can lie in. */
import type { Box, Tube } from '@/api/rows';
import { view, type Desk, type View } from '@/ui/desk/types';
import { startActions, tubeActions } from './actions';
import { boxColumns, tubeColumns, tubeDetails } from './columns';
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

const tubes: Omit<View<Tube>, 'key'> = {
  path: 'screening/tubes',
  columns: tubeColumns,
  details: tubeDetails,
  rowKey: (row) => row.id,
  actions: tubeActions,
  Head: ScanBar,
  Below: TubeBelow,
};

const desk: Desk = {
  name: 'screening',
  views: [
    view({ ...tubes, key: 'arriving', filters: { state: 'sealed,in_transit' } }),
    view({ ...tubes, key: 'testing', filters: { state: 'received,testing' } }),
    view({ ...tubes, key: 'sign', filters: { state: 'provisional' } }),
    view({ ...tubes, key: 'done', filters: { state: 'authorised,amended,rejected,lost' } }),
    view({ ...tubes, key: 'printed', filters: { state: 'printed,open' }, Head: PrintedHead }),
    view({ ...tubes, key: 'all', narrow: { field: 'tube_state', param: 'state', values: states } }),
    view<Box>({ key: 'boxes', path: 'screening/boxes', columns: boxColumns, rowKey: (row) => row.id }),
  ],
  start: startActions,
};
export default desk;
