/** 协查台: what other counties ask of us and we of them, person by person; and the area lists, line by line, none missed. */
import type { AreaList, Contact, CooperationRequest, RequestLine } from '@/api/rows';
import { soughtColumns, soughtDetails } from '@/desks/investigation/columns';
import { searchActions } from '@/desks/investigation/contactActions';
import { view, type Desk, type View } from '@/ui/desk/types';
import { listActions, requestActions, requestLineActions, startActions } from './actions';
import { listColumns, listDetails, requestColumns, requestDetails, requestLineColumns } from './columns';
import { areaLines } from './lines';
import { ListBelow } from './ListBelow';
import { RequestBelow } from './RequestBelow';

/** Requests are between counties: the police and the townships have their own part below. */
const readers = ['CDC', 'INV', 'DO', 'DL', 'CMD', 'HA'];
const requests: Omit<View<CooperationRequest>, 'key' | 'columns'> = {
  path: 'investigation/cooperation_requests',
  readers,
  details: requestDetails,
  rowKey: (row) => row.id,
  actions: requestActions,
  Below: RequestBelow,
};
const desk: Desk = {
  name: 'cooperation',
  views: [
    view<Contact>({
      key: 'police',
      path: 'investigation/contacts',
      readers: ['POL'],
      filters: { police_request: 'open' },
      columns: soughtColumns,
      details: soughtDetails,
      rowKey: (row) => row.id,
      actions: searchActions,
    }),
    view({
      ...requests,
      key: 'in',
      columns: requestColumns('sender'),
      filters: (session) => ({ receiver: session.unit.id }),
    }),
    view<RequestLine>({
      key: 'to_answer',
      path: 'investigation/request_lines',
      readers,
      columns: requestLineColumns,
      rowKey: (row) => row.id,
      actions: requestLineActions,
    }),
    view({
      ...requests,
      key: 'out',
      columns: requestColumns('addressee'),
      filters: (session) => ({ sender: session.unit.id }),
    }),
    view<AreaList>({
      key: 'lists',
      path: 'investigation/area_lists',
      columns: listColumns,
      details: listDetails,
      rowKey: (row) => row.id,
      actions: listActions,
      Below: ListBelow,
    }),
    view({ ...areaLines, key: 'lines' }),
  ],
  start: startActions,
};
export default desk;
