/** 流调台: cases with their clocks, where they were, whom they met, who infected whom. */
import type {
  Case,
  ClassProposal,
  Cluster,
  Contact,
  ExposureProposal,
  Stop,
  Team,
  VisitBatch,
} from '@/api/rows';
import { view, type Desk } from '@/ui/desk/types';
import {
  caseActions,
  clusterActions,
  startActions,
  stopActions,
  teamActions,
  visitActions,
} from './caseActions';
import { CaseAbove, CaseBelow } from './CaseBelow';
import { ChainBoard } from './chains/ChainBoard';
import {
  caseColumns,
  caseDetails,
  clusterColumns,
  contactColumns,
  contactDetails,
  exposureColumns,
  exposureDetails,
  proposalColumns,
  proposalDetails,
  stopColumns,
  teamColumns,
  visitColumns,
  visitDetails,
} from './columns';
import { contactActions, exposureActions, proposalActions } from './contactActions';
import { ReportBoard } from './reports/ReportBoard';
import { TraceBoard } from './trace/TraceBoard';
import { TrajectoryBoard } from './trajectory/TrajectoryBoard';

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
const proposalStates = ['open', 'accepted', 'declined', 'fallen'];

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
      Above: CaseAbove,
      Below: CaseBelow,
      narrow: { field: 'case_state', param: 'state', values: caseStates },
    }),
    view<Stop>({
      key: 'trajectory',
      path: 'investigation/stops',
      readers: ['CDC', 'INV'],
      columns: stopColumns,
      rowKey: (row) => row.id,
      actions: stopActions,
      Board: TrajectoryBoard,
    }),
    view<Case>({
      key: 'trace',
      path: 'investigation/cases',
      readers: ['CDC', 'INV'],
      columns: caseColumns,
      details: caseDetails,
      rowKey: (row) => row.id,
      actions: caseActions,
      Board: TraceBoard,
      Above: CaseAbove,
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
    view<ClassProposal>({
      key: 'proposals',
      path: 'investigation/class_proposals',
      readers: ['CDC', 'INV'],
      columns: proposalColumns,
      details: proposalDetails,
      rowKey: (row) => row.id,
      actions: proposalActions,
      narrow: { field: 'proposal_state', param: 'state', values: proposalStates },
    }),
    view<ExposureProposal>({
      key: 'exposures',
      path: 'investigation/exposure_proposals',
      readers: ['CDC', 'INV'],
      columns: exposureColumns,
      details: exposureDetails,
      rowKey: (row) => row.id,
      actions: exposureActions,
      narrow: { field: 'proposal_state', param: 'state', values: proposalStates },
    }),
    view<Case>({
      key: 'reports',
      path: 'investigation/cases',
      readers: ['CDC', 'INV'],
      columns: caseColumns,
      details: caseDetails,
      rowKey: (row) => row.id,
      actions: caseActions,
      Board: ReportBoard,
      Above: CaseAbove,
    }),
    view<Case>({
      key: 'chain',
      path: 'investigation/cases',
      columns: caseColumns,
      details: caseDetails,
      rowKey: (row) => row.id,
      actions: caseActions,
      Board: ChainBoard,
      Above: CaseAbove,
    }),
    view<Cluster>({
      key: 'clusters',
      path: 'investigation/clusters',
      columns: clusterColumns,
      rowKey: (row) => row.id,
      actions: clusterActions,
    }),
    view<Team>({
      key: 'teams',
      path: 'investigation/teams',
      readers: ['CDC', 'INV'],
      columns: teamColumns,
      rowKey: (row) => row.id,
      actions: teamActions,
    }),
    view<VisitBatch>({
      key: 'visits',
      path: 'investigation/visit_batches',
      readers: ['CDC', 'INV', 'TEL'],
      columns: visitColumns,
      details: visitDetails,
      rowKey: (row) => row.id,
      actions: visitActions,
    }),
  ],
  start: startActions,
};
export default desk;
