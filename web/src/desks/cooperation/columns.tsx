import type { AreaList, CooperationRequest, ListLine, RequestLine } from '@/api/rows';
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
import type { Column } from '@/ui/DataList';
import { AboutLink } from '@/ui/DutyPane';
import { Countdown } from '@/ui/Countdown';
import type { Tone } from '@/ui/Mark';

export const requestTones: Record<string, Tone> = {
  sent: 'warning',
  received: 'warning',
  accepted: 'info',
  answered: 'good',
};
export const lineTones: Record<string, Tone> = {
  to_check: 'warning',
  refused: 'error',
  reached: 'info',
  settled: 'good',
};

/** The other side first: who asks us, or whom we ask. */
export function requestColumns(other: 'sender' | 'addressee'): Column<CooperationRequest>[] {
  return [
    { ...unitColumn<CooperationRequest>(other), head: `field.request_${other}` },
    choiceColumn('state', 'request_state', requestTones),
    {
      key: 'lines',
      head: 'field.request_lines',
      cell: (row) => `${String(row.answered)}/${String(row.lines)}`,
    },
    momentColumn('sent_at'),
  ];
}

export const requestDetails: Column<CooperationRequest>[] = [
  momentColumn('received_at'),
  momentColumn('accepted_at'),
  momentColumn('answered_at'),
];

export const requestLineColumns: Column<RequestLine>[] = [
  personColumn('person'),
  wordColumn('task', 'task'),
  choiceColumn('outcome', 'outcome', { untraced: 'error', in_control: 'good' }),
  textColumn('found'),
  momentColumn('answered_at'),
  {
    key: 'request',
    head: 'field.request',
    cell: (row) => <AboutLink kind="cooperation_request" id={row.request} />,
  },
];

export const listColumns: Column<AreaList>[] = [
  textColumn('source'),
  wordColumn('kind', 'kind'),
  choiceColumn('state', 'list_state', { open: 'warning', settled: 'good', closed: 'good' }),
  textColumn('lines'),
  textColumn('left'),
  { ...unitColumn<AreaList>('township'), head: 'field.township_unit' },
  {
    key: 'enrol_by',
    head: 'field.enrol_by',
    cell: (row) => (row.enrol_by && row.left > 0 ? <Countdown dueAt={row.enrol_by} /> : null),
  },
];

export const listDetails: Column<AreaList>[] = [
  momentColumn('received_at'),
  textColumn('escaped'),
  momentColumn('closed_at'),
];

export const lineColumns: Column<ListLine>[] = [
  textColumn('number', 'field.line_number'),
  { ...personLink<ListLine>('person'), head: 'field.person' },
  choiceColumn('state', 'line_state', lineTones),
  wordColumn('class', 'class'),
  unitColumn('village'),
  yesColumn('escaped'),
  momentColumn('answered_at'),
];
