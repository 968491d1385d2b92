/**
 * A keyset-paged list: a real table on a desk, cards on a phone (by CSS alone), the next page when its end is reached.
 * It never counts and never holds more than was scrolled to, so 300,000 records cost no more than the first fifty.
 */
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filters } from '@/api/client';
import { joinPages, useList } from '@/api/queries';
import type { PersonCard } from '@/api/views';
import { Empty, Failed, failureIn, Late, Loading } from './States';
import { formatMoment, toInstant } from './time';

export interface CellContext {
  persons: Record<string, PersonCard>;
}

export interface Column<Row> {
  key: string;
  /** Words key of the head. */
  head: string;
  cell: (row: Row, context: CellContext) => React.ReactNode;
}

export interface DataListProps<Row> {
  /** `<desk>/<list>` */
  path: string;
  filters?: Filters;
  columns: Column<Row>[];
  rowKey: (row: Row) => string;
  selected?: string | undefined;
  onSelect?: (row: Row) => void;
  caption: string;
  emptyTitle: string;
  emptyHint?: string;
}

export function DataList<Row>(props: DataListProps<Row>) {
  const { t } = useTranslation();
  const query = useList<Row>(props.path, props.filters);
  const { rows, persons, asOf } = useMemo(() => joinPages(query.data?.pages ?? []), [query.data]);
  const context = useMemo(() => ({ persons }), [persons]);
  const end = useNextPage(query.hasNextPage && !query.isFetchingNextPage, query.fetchNextPage);
  const retry = () => void query.refetch();

  if (query.isPending) return <Loading />;
  if (query.isError && rows.length === 0) return <Failed failure={failureIn(query.error)} retry={retry} />;
  if (rows.length === 0) return <Empty title={props.emptyTitle}>{props.emptyHint}</Empty>;
  return (
    <>
      {query.isError && asOf && <Late asOf={formatMoment(toInstant(asOf))} retry={retry} />}
      <table className="list">
        <caption className="only-read">{props.caption}</caption>
        <thead>
          <tr>
            {props.columns.map((column) => (
              <th key={column.key} scope="col">
                {t(column.head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={moveBetweenRows}>
          {rows.map((row) => (
            <Row key={props.rowKey(row)} row={row} context={context} {...props} />
          ))}
        </tbody>
      </table>
      <div className="list-foot" ref={end}>
        {asOf && <span>{t('list.as_of', { at: formatMoment(toInstant(asOf)) })}</span>}
        <span role="status">
          {query.isFetchingNextPage
            ? t('state.loading')
            : query.hasNextPage
              ? t('list.more')
              : t('list.end', { n: rows.length })}
        </span>
      </div>
    </>
  );
}

function Row<Row>({ row, context, ...props }: DataListProps<Row> & { row: Row; context: CellContext }) {
  const { t } = useTranslation();
  const isSelected = props.rowKey(row) === props.selected;
  return (
    <tr data-selected={isSelected} data-row={props.rowKey(row)} onClick={() => props.onSelect?.(row)}>
      {props.columns.map((column, at) => (
        <td key={column.key} data-head={t(column.head)}>
          {at === 0 && props.onSelect ? (
            <button type="button" className="row-open" aria-current={isSelected ? 'true' : undefined}>
              {column.cell(row, context)}
            </button>
          ) : (
            column.cell(row, context)
          )}
        </td>
      ))}
    </tr>
  );
}

/** Arrow keys walk down and up the list; Enter opens, as on any button. */
function moveBetweenRows(event: React.KeyboardEvent<HTMLTableSectionElement>) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('.row-open')];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  if (at < 0) return;
  event.preventDefault();
  buttons[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
}

function useNextPage(wanted: boolean, fetchNext: () => unknown) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const mark = end.current;
    if (!mark || !wanted) return undefined;
    const watch = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) fetchNext();
    });
    watch.observe(mark);
    return () => watch.disconnect();
  }, [wanted, fetchNext]);
  return end;
}
