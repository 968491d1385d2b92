/** 系统: units, accounts, who holds which post, the registry of persons. The rulebook has a page of its own. */
import type { Account, Device, Holding, MergeReview } from '@/api/rows';
import { unitName, type Unit } from '@/fields/units';
import {
  accountColumn,
  codeColumn,
  momentColumn,
  personColumn,
  personLink,
  textColumn,
  unitColumn,
  wordColumn,
  yesColumn,
} from '@/ui/cells';
import { view, type Action, type Desk } from '@/ui/desk/types';
import { ImportBoard } from '@/ui/imports/ImportBoard';
import { deviceColumns, deviceReaders, Gaps } from './devices';
import { ReviewBelow } from './merges/ReviewBelow';
import { PeopleBoard } from './PeopleBoard';
import { RulebookBoard } from './RulebookBoard';

function Imports() {
  return <ImportBoard />;
}

const unitActions: Action<Unit>[] = [
  {
    operation: 'command/change_unit',
    fixed: (row) => ({ unit: row.id }),
    initial: (row) => ({ name_zh: row.name_zh, name_en: row.name_en, parent: row.parent ?? undefined }),
    when: (row) => row.active,
  },
  {
    operation: 'command/close_unit',
    fixed: (row) => ({ unit: row.id }),
    when: (row) => row.active,
    danger: true,
    review: true,
  },
];

const accountActions: Action<Account>[] = [
  {
    operation: 'command/appoint',
    when: (row) => row.active,
    fixed: (row, kit) => ({ account: row.id, holding: kit.newId() }),
    initial: (row) => ({ unit: row.unit }),
    primary: true,
  },
  { operation: 'command/reset_password', when: (row) => row.active, fixed: (row) => ({ account: row.id }) },
  {
    operation: 'command/close_account',
    when: (row) => row.active,
    fixed: (row) => ({ account: row.id }),
    danger: true,
    review: true,
  },
];

const holdingActions: Action<Holding>[] = [
  {
    operation: 'command/end_appointment',
    when: (row) => !row.until,
    fixed: (row) => ({ holding: row.id }),
    danger: true,
    review: true,
  },
];

const reviewActions: Action<MergeReview>[] = [
  {
    operation: 'people/close_merge_review',
    when: (row) => row.open,
    fixed: (row) => ({ review: row.id }),
    review: true,
  },
];

const desk: Desk = {
  name: 'system',
  views: [
    view<Unit>({
      key: 'units',
      path: 'command/units',
      columns: [
        { key: 'name', head: 'field.unit', cell: (row) => unitName(row) },
        wordColumn('kind', 'kind'),
        wordColumn('level', 'level'),
        textColumn('jurisdiction'),
        codeColumn('code'),
        yesColumn('active'),
      ],
      details: [textColumn('name_zh'), textColumn('name_en'), unitColumn('parent')],
      rowKey: (row) => row.id,
      actions: unitActions,
    }),
    view<Account>({
      key: 'accounts',
      path: 'command/accounts',
      readers: ['ADM'],
      columns: [accountColumn('id'), unitColumn('unit'), yesColumn('active')],
      rowKey: (row) => row.id,
      actions: accountActions,
    }),
    view<Holding>({
      key: 'posts',
      path: 'command/holdings',
      readers: ['ADM', 'CMD', 'DO', 'DL', 'HA', 'FRP'],
      columns: [
        wordColumn('role', 'role'),
        unitColumn('unit'),
        accountColumn('account'),
        momentColumn('from'),
        momentColumn('until'),
      ],
      rowKey: (row) => row.id,
      actions: holdingActions,
    }),
    view<Device>({
      key: 'devices',
      path: 'command/devices',
      readers: deviceReaders,
      columns: deviceColumns,
      details: [
        { key: 'gaps', head: 'field.gaps', cell: (row) => <Gaps row={row} /> },
        textColumn('highest'),
        momentColumn('reused_at'),
      ],
      rowKey: (row) => row.id,
    }),
    view({ key: 'people', path: 'people/people', columns: [], rowKey: () => '', Board: PeopleBoard }),
    view<MergeReview>({
      key: 'merges',
      path: 'people/merge_reviews',
      readers: ['CDC'],
      columns: [
        personColumn('person'),
        { ...personColumn<MergeReview>('other'), head: 'field.other_entry' },
        momentColumn('since'),
        momentColumn('until'),
        { ...yesColumn<MergeReview>('open'), head: 'field.review_open' },
      ],
      details: [
        personLink('person'),
        { ...personLink<MergeReview>('other'), head: 'field.other_entry' },
        textColumn('assigned'),
        momentColumn('closed_at'),
        unitColumn('cdc'),
      ],
      rowKey: (row) => row.id,
      actions: reviewActions,
      Below: ReviewBelow,
    }),
    view({ key: 'imports', path: 'imports', columns: [], rowKey: () => '', Board: Imports }),
    view({ key: 'rulebook', path: 'rulebook', columns: [], rowKey: () => '', Board: RulebookBoard }),
  ],
  start: [
    {
      operation: 'command/create_unit',
      fixed: (_row, kit) => ({ unit: kit.newId() }),
      initial: (_row, kit) => ({ jurisdiction: kit.session.unit.jurisdiction, parent: kit.session.unit.id }),
      primary: true,
    },
    {
      operation: 'command/create_account',
      fixed: (_row, kit) => ({ account: kit.newId() }),
      initial: (_row, kit) => ({ unit: kit.session.unit.id }),
    },
    { operation: 'people/merge_persons', review: true },
  ],
};
export default desk;
