/** 流调台: cases with their clocks, and the people named around them. */
import type { Case, Contact } from '@/api/rows';
import { view, type Desk } from '@/ui/desk/types';
import { caseActions, contactActions } from './actions';
import { CaseBelow } from './CaseBelow';
import { caseColumns, caseDetails, contactColumns, contactDetails } from './columns';

const caseStates = [
  'screen_positive',
  'suspected',
  'asymptomatic',
  'confirmed',
  'excluded',
  'discharged',
  'follow_up',
  'closed',
  'died',
];
const contactStates = [
  'named',
  'verified',
  'judged',
  'notified',
  'located',
  'in_control',
  'completed',
  'handed_over',
  'untraced',
  'upgraded_to_case',
];

const desk: Desk = {
  name: 'investigation',
  views: [
    view<Case>({
      key: 'cases',
      path: 'investigation/cases',
      columns: caseColumns,
      details: caseDetails,
      rowKey: (row) => row.id,
      actions: caseActions,
      Below: CaseBelow,
      narrow: { field: 'case_state', param: 'state', values: caseStates },
    }),
    view<Contact>({
      key: 'contacts',
      path: 'investigation/contacts',
      columns: contactColumns,
      details: contactDetails,
      rowKey: (row) => row.id,
      actions: contactActions,
      narrow: { field: 'contact_state', param: 'state', values: contactStates },
    }),
  ],
};
export default desk;
