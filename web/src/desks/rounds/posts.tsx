/** Tests by post: the groups, who is due, the plan that spreads them, checking in, off the post and back on. */
import type { PostGroup, RoleDay, RoleMember } from '@/api/rows';
import { serverNow } from '@/api/clock';
import { momentColumn, personColumn, personLink, textColumn, unitColumn, wordColumn } from '@/ui/cells';
import { Moment } from '@/ui/Countdown';
import type { Column } from '@/ui/DataList';
import { view, type Action, type AnyView } from '@/ui/desk/types';
import { Mark } from '@/ui/Mark';
import { civilDay } from '@/ui/time';
import { isOverdueOn } from './overdue';
import { useTranslation } from 'react-i18next';

const daysPlanned = 7;
const isOverdue = (row: RoleMember) => isOverdueOn(row, civilDay(serverNow()));

export const groupActions: Action<PostGroup>[] = [
  {
    // Without tests of its own the server spreads them, so that each day somebody of the post is tested.
    operation: 'screening/plan_role_tests',
    fixed: (row) => ({ group: row.id }),
    omit: ['tests'],
    initial: () => ({ from: civilDay(serverNow()), days: String(daysPlanned) }),
    primary: true,
  },
  { operation: 'screening/enrol_role_member', fixed: (row) => ({ group: row.id }) },
];

const who = (row: RoleMember) => ({ person: row.id });

export const memberActions: Action<RoleMember>[] = [
  { operation: 'screening/check_in_at_post', when: (row) => row.on_list, fixed: who, primary: true },
  {
    operation: 'screening/take_off_post',
    when: (row) => row.on_list && !row.off_post && isOverdue(row),
    fixed: who,
    initial: () => ({ substitute_asked: true }),
    danger: true,
  },
  {
    operation: 'screening/leave_role_group',
    when: (row) => row.on_list,
    fixed: who,
    danger: true,
    review: true,
  },
];

export const formGroup: Action<undefined> = {
  operation: 'screening/form_post_group',
  fixed: (_row, kit) => ({ group: kit.newId() }),
  initial: (_row, kit) => ({ unit: kit.session.unit.id }),
};

function PostState({ row }: { row: RoleMember }) {
  const { t } = useTranslation();
  if (row.off_post) return <Mark tone="error">{t('rounds.post.off')}</Mark>;
  if (isOverdue(row)) return <Mark tone="error">{t('rounds.post.overdue')}</Mark>;
  if (row.newcomer) return <Mark tone="warning">{t('rounds.post.newcomer')}</Mark>;
  if (row.pending) return <Mark tone="info">{t('rounds.post.pending')}</Mark>;
  return <Mark tone="good">{t('rounds.post.in_order')}</Mark>;
}

const groupColumns: Column<PostGroup>[] = [
  textColumn('title'),
  wordColumn('role_class', 'role_class'),
  unitColumn('unit'),
  { key: 'members', head: 'rounds.post.members', cell: (row) => row.members?.length ?? 0 },
  { key: 'planned_until', head: 'rounds.post.planned_until', cell: (row) => row.planned_until },
];
const groupDetails: Column<PostGroup>[] = [
  { key: 'short_days', head: 'rounds.post.short_days', cell: (row) => row.short_days?.join('，') || '—' },
];

const memberColumns: Column<RoleMember>[] = [
  personColumn('id'),
  { key: 'post', head: 'field.state', cell: (row) => <PostState row={row} /> },
  wordColumn('role_class', 'role_class'),
  { key: 'due_day', head: 'rounds.post.due_day', cell: (row) => row.due_day },
  textColumn('planned_day'),
  momentColumn('last_sampled_at'),
];
const memberDetails: Column<RoleMember>[] = [
  personLink('id'),
  unitColumn('unit'),
  {
    key: 'checked_in_at',
    head: 'rounds.post.checked_in_at',
    cell: (row) => <Moment at={row.checked_in_at} />,
  },
];

const dayColumns: Column<RoleDay>[] = [
  textColumn('day'),
  unitColumn('unit'),
  ...(['due', 'on_time', 'late', 'tested'] as const).map((name) =>
    textColumn<RoleDay>(name, `rounds.post.${name}`),
  ),
];

/** The lists of tested posts, for whoever organises them and for whoever stands at one. */
export function postViews(readers: string[]): AnyView[] {
  return [
    view<PostGroup>({
      readers,
      key: 'posts',
      path: 'screening/post_groups',
      columns: groupColumns,
      details: groupDetails,
      rowKey: (row) => row.id,
      actions: groupActions,
    }),
    view<RoleMember>({
      readers,
      key: 'members',
      path: 'screening/role_members',
      filters: { on_list: true },
      columns: memberColumns,
      details: memberDetails,
      rowKey: (row) => row.id,
      actions: memberActions,
    }),
    view<RoleDay>({
      readers,
      key: 'post_days',
      path: 'screening/role_days',
      columns: dayColumns,
      rowKey: (row) => row.id,
    }),
  ];
}
