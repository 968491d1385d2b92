/** The selected thing: its facts, what is owed about it, and what may be done with it now. */
import { Button } from 'antd';
import { useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useDutiesAbout, useOne, type Page } from '@/api/queries';
import type { PersonCard } from '@/api/views';
import { DutyCard } from '../DutyPane';
import { Empty, Failed, failureIn, Loading } from '../States';
import { ActionBar, ActionPanel, allowedFor, keyOf, useKit } from './actions';
import { useDeskSearch } from './DeskFrame';
import type { AnyRow as Row, AnyView } from './types';

/** The row as asked for by its key; until that answer comes, as some loaded list has it. */
function useRow(view: AnyView, id: string) {
  const queries = useQueryClient();
  const [desk = '', list = ''] = view.path.split('/');
  const asked = useOne<Row>(view.path, id);
  if (asked.data) return { row: asked.data.row, persons: asked.data.persons ?? {}, asked };
  for (const [key, data] of queries.getQueriesData<InfiniteData<Page<Row>>>({
    queryKey: ['list', desk, list],
  })) {
    const kept = typeof key[3] === 'object' ? find(data, view, id) : undefined;
    if (kept) return { ...kept, asked };
  }
  return { row: undefined, persons: {} as Record<string, PersonCard>, asked };
}

function find(data: InfiniteData<Page<Row>> | undefined, view: AnyView, id: string) {
  for (const page of data?.pages ?? []) {
    const row = page.rows.find((one) => view.rowKey(one) === id);
    if (row) return { row, persons: page.persons ?? {} };
  }
  return undefined;
}

export function RowContext({ view, id }: { view: AnyView; id: string }) {
  const { t } = useTranslation();
  const kit = useKit();
  const { search, change } = useDeskSearch();
  const { row, persons, asked } = useRow(view, id);
  if (!row && asked.isPending) return <Loading />;
  if (!row && asked.isError)
    return <Failed failure={failureIn(asked.error)} retry={() => void asked.refetch()} />;
  if (!row) return <Empty title={t('desk.gone')}>{t('desk.gone_hint')}</Empty>;

  const actions = view.actions ?? [];
  const chosen = search.op
    ? allowedFor(actions, row, kit).find((action) => keyOf(action) === search.op)
    : undefined;
  const title = view.columns[0];
  const facts = [...view.columns.slice(1), ...(view.details ?? [])];
  return (
    <div data-testid="row-context">
      <div className="pane-head">
        <h2>{title?.cell(row, { persons })}</h2>
        <Button
          size="small"
          type="text"
          onClick={() => change({ sel: undefined, op: undefined, part: 'work' })}
        >
          {t('action.close')}
        </Button>
      </div>
      {view.Above && <view.Above row={row} />}
      {chosen ? (
        <ActionPanel action={chosen} row={row} close={() => change({ op: undefined })} />
      ) : (
        <ActionBar actions={actions} row={row} open={(op) => change({ op })} />
      )}
      <dl className="facts card">
        {facts.map((column) => (
          <Fact key={column.key} head={t(column.head)}>
            {column.cell(row, { persons })}
          </Fact>
        ))}
      </dl>
      {view.Below && <view.Below row={row} />}
      <DutiesAbout id={id} />
    </div>
  );
}

function Fact({ head, children }: { head: string; children: React.ReactNode }) {
  if (children === null || children === undefined || children === '') return null;
  return (
    <>
      <dt>{head}</dt>
      <dd>{children}</dd>
    </>
  );
}

export function DutiesAbout({ id }: { id: string }) {
  const { t } = useTranslation();
  const duties = useDutiesAbout(id);
  const rows = duties.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <section aria-label={t('duties.about')}>
      <div className="pane-head">
        <h2>{t('duties.about')}</h2>
      </div>
      {rows.map((duty) => (
        <DutyCard key={duty.no} duty={duty} testId="about-duty" />
      ))}
    </section>
  );
}
