/** The lines of area lists, as both the office and the grid worker at the doors go through them. */
import type { ListLine } from '@/api/rows';
import type { View } from '@/ui/desk/types';
import { lineActions } from './actions';
import { lineColumns } from './columns';

export const areaLines: Omit<View<ListLine>, 'key'> = {
  path: 'investigation/list_lines',
  columns: lineColumns,
  rowKey: (row) => row.id,
  actions: lineActions,
  narrow: {
    field: 'line_state',
    param: 'state',
    values: ['to_check', 'reached', 'refused', 'not_here', 'wrong_data', 'settled'],
  },
};
