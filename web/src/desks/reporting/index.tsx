/** 报告: cards due, submitted, reviewed; the chain of an emergency event up the levels. */
import type { Card, EventReport } from '@/api/rows';
import {
  choiceColumn,
  momentColumn,
  personColumn,
  personLink,
  textColumn,
  unitColumn,
  wordColumn,
  yesColumn,
} from '@/ui/cells';
import { AboutLink } from '@/ui/DutyPane';
import type { Action } from '@/ui/desk/types';
import { view, type Desk } from '@/ui/desk/types';
import { ChainBelow } from './ChainBelow';

const theCase = (row: { case_id: string }) => ({ case_id: row.case_id });
const at =
  (...states: string[]) =>
  (row: Card) =>
    states.includes(row.state);

const cardActions: Action<Card>[] = [
  {
    operation: 'reporting/submit_card',
    when: at('due', 'returned'),
    fixed: theCase,
    initial: (row) => ({
      class: row.class ?? undefined,
      severity: row.severity ?? undefined,
      onset_day: row.onset_day ?? '',
    }),
    order: ['class', 'severity', 'onset_day', 'diagnosis_day', 'address_code', 'occupation'],
    primary: true,
  },
  { operation: 'reporting/pass_card', when: at('submitted', 'corrected'), fixed: theCase, primary: true },
  { operation: 'reporting/return_card', when: at('submitted', 'corrected'), fixed: theCase },
  {
    operation: 'reporting/correct_card',
    when: at('passed', 'correction_due'),
    fixed: theCase,
    initial: (row) => ({ class: row.class ?? undefined, severity: row.severity ?? undefined }),
  },
  {
    operation: 'reporting/withdraw_card',
    when: at('submitted', 'passed', 'correction_due', 'corrected'),
    fixed: theCase,
    danger: true,
    review: true,
  },
];

const eventActions: Action<EventReport>[] = [
  {
    operation: 'reporting/report_event',
    when: (row) => !row.reported_at,
    fixed: theCase,
    primary: true,
  },
  {
    operation: 'reporting/receive_event_report',
    when: (row) => Boolean(row.reported_at) && row.reached !== 'nation',
    fixed: theCase,
    primary: true,
  },
];

const caseColumn = {
  key: 'case_id',
  head: 'field.case_id',
  cell: (row: { case_id: string }) => <AboutLink kind="case" id={row.case_id} />,
};

const desk: Desk = {
  name: 'reporting',
  views: [
    view<Card>({
      key: 'cards',
      path: 'reporting/cards',
      columns: [
        personColumn('person'),
        choiceColumn('state', 'card_state', {
          due: 'warning',
          submitted: 'info',
          returned: 'error',
          passed: 'good',
          correction_due: 'warning',
        }),
        wordColumn('class', 'class'),
        momentColumn('submitted_at'),
        momentColumn('passed_at'),
        unitColumn('hospital'),
      ],
      details: [
        personLink('person'),
        unitColumn('cdc'),
        wordColumn('severity', 'severity'),
        textColumn('onset_day'),
        textColumn('diagnosis_day'),
        textColumn('address_code'),
        textColumn('occupation'),
        textColumn('version'),
        yesColumn('withdrawal_proposed'),
        caseColumn,
      ],
      rowKey: (row) => row.id,
      actions: cardActions,
      narrow: {
        field: 'card_state',
        param: 'state',
        values: ['due', 'submitted', 'returned', 'passed', 'correction_due', 'corrected', 'withdrawn'],
      },
    }),
    view<EventReport>({
      key: 'events',
      path: 'reporting/event_reports',
      columns: [
        momentColumn('known_at'),
        choiceColumn('reached', 'reached', { none: 'warning' }),
        unitColumn('hospital'),
      ],
      details: [
        caseColumn,
        momentColumn('reported_at'),
        unitColumn('next_unit'),
        momentColumn('phe_reported_at'),
      ],
      rowKey: (row) => row.id,
      actions: eventActions,
      Below: ChainBelow,
    }),
  ],
};
export default desk;
