/** The frame of every desk: duties left, work in the centre, context right; on a phone one of the three at a time. */
import { Button } from 'antd';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/session';
import { DataList } from '../DataList';
import { DutyPane } from '../DutyPane';
import { ActionPanel, allowedFor, keyOf, useKit } from './actions';
import { RowContext } from './RowContext';
import type { Action, AnyView, Desk } from './types';

const route = getRouteApi('/d/$desk');

export interface DeskSearch {
  view?: string | undefined;
  sel?: string | undefined;
  op?: string | undefined;
  /** Narrowed to this value of the view's field. */
  only?: string | undefined;
  /** On a phone: which of the three parts is shown. */
  part?: 'duties' | 'work' | 'context' | undefined;
}

export function useDeskSearch() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = useCallback(
    (part: DeskSearch) => void navigate({ search: (before) => ({ ...before, ...part }), replace: true }),
    [navigate],
  );
  return { search, change };
}

/** A desk with the lists this person may read. */
function useReadable(desk: Desk): Desk {
  const { roles } = useSession();
  return {
    ...desk,
    views: desk.views.filter((one) => one.readers?.some((role) => roles.includes(role)) ?? true),
  };
}

export function DeskFrame({ desk: whole }: { desk: Desk }) {
  const desk = useReadable(whole);
  const { t } = useTranslation();
  const { search, change } = useDeskSearch();
  const view = desk.views.find((one) => one.key === search.view) ?? desk.views[0];
  const part = search.part ?? 'work';
  if (!view) return null;
  return (
    <>
      <div
        className="desk"
        data-part={part}
        data-wide={isWide(desk, view, search.op)}
        data-testid={`desk-${desk.name}`}
      >
        <section className="duties" aria-label={t('duties.title')}>
          <DutyPane />
        </section>
        <main className="work" id="work" tabIndex={-1}>
          <WorkHead desk={desk} view={view} />
          <WorkBody desk={desk} view={view} />
        </main>
        <aside className="context" aria-label={t('desk.context')}>
          <Context key={`${search.op ?? ''}${search.sel ?? ''}`} desk={desk} view={view} />
        </aside>
      </div>
      <nav className="parts" aria-label={t('desk.parts')}>
        {(['duties', 'work', 'context'] as const).map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={part === one}
            data-testid={`part-${one}`}
            onClick={() => change({ part: one })}
          >
            {t(`desk.part.${one}`)}
          </button>
        ))}
      </nav>
    </>
  );
}

function isWide(desk: Desk, view: AnyView, op: string | undefined): boolean {
  return [...(view.actions ?? []), ...(desk.start ?? [])].some(
    (action) => action.wide && keyOf(action) === op,
  );
}

function WorkHead({ desk, view }: { desk: Desk; view: AnyView }) {
  const { t } = useTranslation();
  const kit = useKit();
  const { change } = useDeskSearch();
  const start = allowedFor(desk.start ?? [], undefined, kit);
  const tabs = useRef<HTMLDivElement>(null);
  // On a phone the tabs are one line to push along: the chosen one is never out of sight.
  useEffect(() => {
    const line = tabs.current;
    const tab = line?.querySelector<HTMLElement>('[aria-selected=true]');
    if (line && tab) line.scrollLeft = tab.offsetLeft - (line.clientWidth - tab.clientWidth) / 2;
  }, [view.key]);
  return (
    <div className="work-head">
      <div className="work-title">
        <h1>{t(`desk.name.${desk.name}`)}</h1>
        <span className="grow" />
        {start.map((action, at) => (
          <Button
            key={keyOf(action)}
            type={at === 0 ? 'primary' : 'default'}
            danger={action.danger === true}
            data-testid={`action-${keyOf(action)}`}
            onClick={() => change({ op: keyOf(action), sel: undefined, part: 'context' })}
          >
            {t(`op.${keyOf(action)}`)}
          </Button>
        ))}
      </div>
      <div className="tabs" role="tablist" ref={tabs} aria-label={t('desk.views')} onKeyDown={arrowTabs}>
        {desk.views.map((one) => (
          <button
            key={one.key}
            type="button"
            role="tab"
            className="tab"
            aria-selected={one.key === view.key}
            tabIndex={one.key === view.key ? 0 : -1}
            data-testid={`view-${one.key}`}
            onClick={() =>
              change({ view: one.key, sel: undefined, op: undefined, only: undefined, part: 'work' })
            }
          >
            {t(`${desk.name}.view.${one.key}`)}
          </button>
        ))}
      </div>
    </div>
  );
}

function arrowTabs(event: React.KeyboardEvent<HTMLDivElement>) {
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
  const tabs = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('[role=tab]')];
  const at = tabs.indexOf(document.activeElement as HTMLButtonElement);
  const next = tabs[(at + (event.key === 'ArrowRight' ? 1 : tabs.length - 1)) % tabs.length];
  next?.focus();
  next?.click();
}

function WorkBody({ desk, view }: { desk: Desk; view: AnyView }) {
  const { t } = useTranslation();
  const session = useSession();
  const { search, change } = useDeskSearch();
  const select = (key: string) => change({ sel: key, op: undefined, part: 'context' });
  const filters = typeof view.filters === 'function' ? view.filters(session) : (view.filters ?? {});
  const narrowed = view.narrow && search.only ? { ...filters, [view.narrow.param]: search.only } : filters;
  if (view.Board) return <view.Board selected={search.sel} select={select} />;
  return (
    <>
      {view.Head && <view.Head selected={search.sel} select={select} />}
      {view.narrow && <Narrow view={view} only={search.only} change={(only) => change({ only })} />}
      <DataList
        path={view.path}
        filters={narrowed}
        columns={view.columns}
        rowKey={view.rowKey}
        selected={search.sel}
        onSelect={(row) => select(view.rowKey(row))}
        caption={t(`${desk.name}.view.${view.key}`)}
        emptyTitle={t(`${desk.name}.empty.${view.key}`)}
        emptyHint={t('list.empty_hint')}
      />
    </>
  );
}

interface NarrowProps {
  view: AnyView;
  only: string | undefined;
  change: (only: string | undefined) => void;
}

function Narrow({ view, only, change }: NarrowProps) {
  const { t } = useTranslation();
  const field = view.narrow?.field ?? '';
  return (
    <div className="filters">
      <label>
        <span className="quiet">{t(`field.${view.narrow?.param ?? ''}`)} </span>
        <select
          className="field-select"
          value={only ?? ''}
          data-testid="narrow"
          onChange={(event) => change(event.target.value || undefined)}
        >
          <option value="">{t('list.all')}</option>
          {view.narrow?.values.map((value) => (
            <option key={value} value={value}>
              {t(`choice.${field}.${value}`)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function Context({ desk, view }: { desk: Desk; view: AnyView }) {
  const { t } = useTranslation();
  const kit = useKit();
  const { search, change } = useDeskSearch();
  const start: Action<undefined> | undefined = desk.start?.find((action) => keyOf(action) === search.op);
  if (search.sel) return <RowContext view={view} id={search.sel} />;
  if (start && allowedFor([start], undefined, kit).length > 0) {
    return (
      <ActionPanel action={start} row={undefined} close={() => change({ op: undefined, part: 'work' })} />
    );
  }
  return <p className="quiet">{t('desk.nothing_selected')}</p>;
}
