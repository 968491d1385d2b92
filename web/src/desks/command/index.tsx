/** 值班台: the clock board, who is on duty, the inbox, what is missing. */
import type { Dispute, Shift } from '@/api/rows';
import { accountColumn, choiceColumn, momentColumn, unitColumn, wordColumn } from '@/ui/cells';
import { view, type Action, type Desk } from '@/ui/desk/types';
import { LostBoard } from '@/ui/lost/LostBoard';
import { ClockBoardView } from './ClockBoardView';
import { Inbox } from './Inbox';
import { disputeColumns, disputeDetails } from './disputes';
import { Missing } from './Missing';

const shiftActions: Action<Shift>[] = [
  {
    operation: 'command/check_in',
    when: (row) => ['planned', 'confirmed', 'no_show'].includes(row.state),
    fixed: (row) => ({ shift: row.id, unit: row.unit, role: row.role }),
    primary: true,
  },
  {
    operation: 'command/confirm_shift',
    when: (row) => row.state === 'planned',
    fixed: (row) => ({ shift: row.id }),
  },
  {
    operation: 'command/report_no_show',
    when: (row) => ['planned', 'confirmed'].includes(row.state),
    fixed: (row) => ({ shift: row.id }),
    danger: true,
    review: true,
  },
  {
    operation: 'command/hand_over',
    when: (row) => row.state === 'on_duty',
    fixed: (row) => ({ shift: row.id }),
    order: ['to', 'open_matters_accepted', 'note'],
    primary: true,
  },
];

const desk: Desk = {
  name: 'command',
  views: [
    view({ key: 'clocks', path: 'board/clocks', columns: [], rowKey: () => '', Board: ClockBoardView }),
    view({ key: 'inbox', path: 'notices', columns: [], rowKey: () => '', Board: Inbox }),
    view({ key: 'missing', path: 'board/clocks', columns: [], rowKey: () => '', Board: Missing }),
    view<Shift>({
      key: 'shifts',
      path: 'command/shifts',
      columns: [
        unitColumn('unit'),
        wordColumn('role', 'role'),
        choiceColumn('state', 'shift_state', { on_duty: 'good', no_show: 'error', planned: 'info' }),
        accountColumn('account'),
        momentColumn('starts'),
        momentColumn('ends'),
      ],
      rowKey: (row) => row.id,
      actions: shiftActions,
    }),
    view({ key: 'lost', path: 'isolation/lost_control', columns: [], rowKey: () => '', Board: LostBoard }),
    view<Dispute>({
      key: 'disputes',
      path: 'command/disputes',
      columns: disputeColumns,
      details: disputeDetails,
      rowKey: (row) => row.id,
      actions: [
        {
          operation: 'command/settle_dispute',
          when: (row) => !row.settled_at,
          fixed: (row) => ({ dispute: row.id }),
          primary: true,
        },
      ],
    }),
  ],
  start: [
    {
      key: 'command.check_in_now',
      operation: 'command/check_in',
      omit: ['shift'],
      fixed: (_row, kit) => ({ unit: kit.session.unit.id }),
      initial: (_row, kit) => ({ role: kit.session.roles.includes('DL') ? 'DL' : 'DO' }),
      primary: true,
    },
    {
      operation: 'command/plan_shift',
      fixed: (_row, kit) => ({ shift: kit.newId() }),
      initial: (_row, kit) => ({ unit: kit.session.unit.id }),
      order: ['unit', 'role', 'account', 'starts', 'ends'],
    },
    { operation: 'command/confirm_time', fixed: (_row, kit) => ({ unit: kit.session.unit.id }) },
  ],
};
export default desk;
