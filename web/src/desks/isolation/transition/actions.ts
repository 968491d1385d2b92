/** Drafted by one, previewed whole, approved by another, carried out from its hour on, closed when nobody is left behind. */
import type { TransitionOrder } from '@/api/rows';
import { pathogenField } from '@/fields/pathogens';
import type { Action } from '@/ui/desk/types';
import { toInstant } from '@/ui/time';
import { StaysForm } from './StaysForm';

const theOrder = (row: TransitionOrder) => ({ transition: row.id });
const hasBegun = (row: TransitionOrder, now: number) =>
  row.state === 'approved' && toInstant(row.effective_at) <= now;

export const draftAction: Action<undefined> = {
  operation: 'isolation/draft_transition',
  fixed: (_row, kit) => ({ transition: kit.newId() }),
  initial: () => ({ pathogen: 'covid19-cn' }),
  fields: {
    pathogen: pathogenField,
    classes: { required: true },
    document: { label: 'field.order_document', hint: 'isolation.document_hint' },
  },
  order: ['document', 'effective_at', 'classes', 'pathogen'],
};

export const orderActions: Action<TransitionOrder>[] = [
  {
    operation: 'isolation/preview_transition',
    when: (row) => row.state === 'draft',
    form: StaysForm('isolation/preview_transition'),
    primary: true,
  },
  {
    operation: 'isolation/approve_transition',
    // Whoever drafted it does not approve it.
    when: (row, kit) => row.state === 'draft' && row.author !== kit.session.account,
    fixed: theOrder,
    review: true,
  },
  {
    operation: 'isolation/apply_transition',
    when: (row, kit) => hasBegun(row, kit.now),
    form: StaysForm('isolation/apply_transition'),
    primary: true,
  },
  {
    operation: 'isolation/close_transition',
    when: (row, kit) => hasBegun(row, kit.now),
    fixed: theOrder,
    review: true,
  },
  {
    operation: 'isolation/withdraw_transition',
    when: (row) => (row.state === 'draft' || row.state === 'approved') && row.changed === 0,
    fixed: theOrder,
    danger: true,
  },
];
