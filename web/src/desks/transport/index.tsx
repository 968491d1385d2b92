/** 转运台: who is to be fetched, who is under way, which vehicle may go; each hand-over by scan, two signatures a leg. */
import type { Leg, Stay, Vehicle } from '@/api/rows';
import { startActions, stayActions, vehicleActions } from '@/desks/isolation/actions';
import { legColumns, stayDetails, transferColumns, vehicleColumns } from '@/desks/isolation/columns';
import { StayScan } from '@/desks/isolation/StayScan';
import { view, type Desk } from '@/ui/desk/types';
import { VehicleHead } from './VehicleHead';

/** What the list shows already is not said twice. */
const transferDetails = stayDetails.filter((one) => !transferColumns.some((shown) => shown.key === one.key));

const desk: Desk = {
  name: 'transport',
  views: [
    view<Stay>({
      key: 'orders',
      path: 'isolation/stays',
      filters: { state: 'ordered', regime: 'central' },
      columns: transferColumns,
      details: transferDetails,
      rowKey: (row) => row.id,
      actions: stayActions.filter((action) => action.operation === 'isolation/start_transfer' && !action.key),
      Head: StayScan,
    }),
    view<Stay>({
      key: 'under_way',
      path: 'isolation/stays',
      filters: { state: 'in_transfer' },
      columns: transferColumns,
      details: transferDetails,
      rowKey: (row) => row.id,
      actions: stayActions.filter((action) => action.operation === 'isolation/report_left_control'),
      Head: StayScan,
    }),
    view<Stay>({
      key: 'patients',
      path: 'isolation/stays',
      filters: { state: 'converted', ended_at: null },
      columns: transferColumns,
      details: transferDetails,
      rowKey: (row) => row.id,
      actions: stayActions.filter((action) => action.key === 'isolation.fetch_patient'),
      Head: StayScan,
    }),
    view<Vehicle>({
      key: 'vehicles',
      path: 'isolation/vehicles',
      columns: vehicleColumns,
      rowKey: (row) => row.id,
      actions: vehicleActions,
      Head: VehicleHead,
    }),
    view<Leg>({
      key: 'legs',
      path: 'isolation/legs',
      columns: legColumns,
      rowKey: (row) => row.id,
    }),
  ],
  start: startActions.filter((action) => action.operation === 'isolation/register_vehicle'),
};
export default desk;
