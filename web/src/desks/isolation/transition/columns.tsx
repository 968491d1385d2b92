import type { TransitionLine, TransitionOrder } from '@/api/rows';
import {
  accountColumn,
  choiceColumn,
  momentColumn,
  personColumn,
  textColumn,
  unitColumn,
  wordColumn,
} from '@/ui/cells';
import { Moment } from '@/ui/Countdown';
import type { Column } from '@/ui/DataList';
import type { Tone } from '@/ui/Mark';

export const orderTones: Record<string, Tone> = {
  draft: 'warning',
  approved: 'info',
  closed: 'good',
};

/** Who is let go now, and who is left to an officer, is said loudest. */
export const changeTones: Record<string, Tone> = {
  release_due: 'warning',
  ended: 'warning',
  officer: 'error',
  prolonged: 'error',
  home: 'info',
  shortened: 'good',
};

export const orderColumns: Column<TransitionOrder>[] = [
  textColumn('document', 'field.order_document'),
  choiceColumn('state', 'transition_state', orderTones),
  momentColumn('effective_at'),
  wordColumn('classes', 'classes'),
  textColumn('previewed'),
  textColumn('changed', 'field.stays_changed'),
];

export const orderDetails: Column<TransitionOrder>[] = [
  wordColumn('pathogen', 'pathogen'),
  unitColumn('issuer'),
  { ...accountColumn<TransitionOrder>('author'), head: 'field.drafted_by' },
  { ...accountColumn<TransitionOrder>('approver'), head: 'field.approver' },
  textColumn('added', 'field.stays_added'),
  momentColumn('closed_at'),
];

/** From when to when: the end as it stood, and as the order has it. */
function NewEnd({ row }: { row: TransitionLine }) {
  if (!row.new_end) return <Moment at={row.former_end} />;
  return (
    <span className="nowrap">
      <Moment at={row.former_end} /> →<br />
      <Moment at={row.new_end} />
    </span>
  );
}

export const changeColumns: Column<TransitionLine>[] = [
  personColumn('person'),
  choiceColumn('change', 'change', changeTones),
  wordColumn('class', 'class'),
  { key: 'ends', head: 'field.former_end', cell: (row) => <NewEnd row={row} /> },
  {
    key: 'tests',
    head: 'isolation.tests',
    cell: (row) =>
      row.tests_added + row.tests_cancelled === 0 ? null : (
        <span className="nowrap">
          +{row.tests_added} −{row.tests_cancelled}
        </span>
      ),
  },
  unitColumn('site'),
  momentColumn('done_at'),
];
