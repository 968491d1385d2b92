/**
 * A grid to type or paste into, by keyboard alone: a spreadsheet's rows land one per row, with or without its head row.
 * Enter goes down (and adds a row at the end), Ctrl+Enter sends, Ctrl+Delete takes a row out. Each fault stands by its cell.
 */
import { Button } from 'antd';
import { memo, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { choiceKey, labelOf } from './FieldControl';
import type { FieldView, Values } from './fields';
import { isBlankRow, pasteInto, type Names } from './grid';

/** What is wrong, by `<row>/<column>`; a fault of the whole row by `<row>/`. */
export type CellFaults = Record<string, string>;

interface Props {
  id: string;
  field: FieldView;
  value: Values[];
  faults: CellFaults;
  onChange: (rows: Values[]) => void;
}

export function RowsInput({ id, field, value, faults, onChange }: Props) {
  const { t } = useTranslation();
  const columns = field.columns ?? [];
  const rows = value.length > 0 ? value : [{}];
  const table = useRef<HTMLTableElement>(null);
  const goTo = useRef<string>(undefined);
  const names: Names = {
    column: (column) => t(labelOf(column)),
    choice: (column, choice) => t(choiceKey(column, choice)),
  };
  useEffect(() => {
    if (!goTo.current) return;
    table.current?.querySelector<HTMLElement>(`[data-cell="${goTo.current}"]`)?.focus();
    goTo.current = undefined;
  });

  // Rows keep their identity while others change, so that a keystroke in a list of five hundred draws one row.
  const latest = useRef({ rows, names });
  latest.current = { rows, names };
  const onChangeLatest = useRef(onChange);
  onChangeLatest.current = onChange;
  const doing = useRef<RowDoing>(undefined);
  doing.current ??= {
    set: (at, name, cell) =>
      onChangeLatest.current(
        latest.current.rows.map((row, index) => (index === at ? { ...row, [name]: cell } : row)),
      ),
    paste: (event, at, from) => {
      const text = event.clipboardData.getData('text/plain');
      if (!/[\t\n]/.test(text.trim())) return;
      event.preventDefault();
      const { rows: before, names: words } = latest.current;
      onChangeLatest.current(pasteInto(before, columns, at, from, text, words));
    },
    key: (event, at, from) => {
      const { rows: before } = latest.current;
      const isInput = event.target instanceof HTMLInputElement && event.target.type !== 'checkbox';
      if (event.key === 'Enter' && event.ctrlKey) {
        event.preventDefault();
        event.currentTarget.closest('form')?.requestSubmit();
      } else if (event.key === 'Enter' || (event.key === 'ArrowDown' && isInput)) {
        event.preventDefault();
        goTo.current = `${String(at + 1)}/${String(from)}`;
        const isEnd = at === before.length - 1;
        if (isEnd && event.key === 'Enter' && !isBlankRow(before[at] ?? {}, columns))
          onChangeLatest.current([...before, {}]);
        else focusCell(table.current, goTo);
      } else if (event.key === 'ArrowUp' && isInput) {
        event.preventDefault();
        goTo.current = `${String(at - 1)}/${String(from)}`;
        focusCell(table.current, goTo);
      } else if (event.key === 'Delete' && event.ctrlKey) {
        event.preventDefault();
        goTo.current = `${String(Math.max(0, at - 1))}/${String(from)}`;
        onChangeLatest.current(before.filter((_row, index) => index !== at));
      }
    },
    remove: (at) => onChangeLatest.current(latest.current.rows.filter((_row, index) => index !== at)),
  };
  const used = rows.filter((row) => !isBlankRow(row, columns)).length;
  return (
    <div id={id} tabIndex={-1}>
      <div className="grid-scroll">
        <table className="list grid" ref={table}>
          <thead>
            <tr>
              <th scope="col" className="grid-number">
                <span className="only-read">{t('form.row')}</span>
              </th>
              {columns.map((column) => (
                <th key={column.name} scope="col">
                  {t(labelOf(column))}
                </th>
              ))}
              <th scope="col">
                <span className="only-read">{t('form.remove_row')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <GridRow
                key={at}
                at={at}
                row={row}
                columns={columns}
                id={id}
                faults={faultsOfRow(faults, at)}
                doing={doing.current as RowDoing}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div className="form-actions">
        <Button size="small" onClick={() => onChange([...rows, {}])}>
          {t('form.add_row')}
        </Button>
        <span className="quiet small" role="status">
          {t('form.rows', { n: used })}
        </span>
        <span className="quiet small hide-phone">{t('form.grid_keys')}</span>
      </div>
    </div>
  );
}

function focusCell(table: HTMLTableElement | null, goTo: React.RefObject<string | undefined>) {
  table?.querySelector<HTMLElement>(`[data-cell="${goTo.current ?? ''}"]`)?.focus();
  goTo.current = undefined;
}

/** A row's faults as one text, so that a row whose faults did not change is not drawn again. */
function faultsOfRow(faults: CellFaults, at: number): string {
  const lead = `${String(at)}/`;
  const mine = Object.entries(faults).filter(([key]) => key.startsWith(lead));
  return mine.length === 0 ? '' : JSON.stringify(mine.map(([key, words]) => [key.slice(lead.length), words]));
}

interface RowDoing {
  set: (at: number, name: string, cell: unknown) => void;
  paste: (event: React.ClipboardEvent, at: number, from: number) => void;
  key: (event: React.KeyboardEvent, at: number, from: number) => void;
  remove: (at: number) => void;
}

interface RowProps {
  id: string;
  at: number;
  row: Values;
  columns: FieldView[];
  faults: string;
  doing: RowDoing;
}

const GridRow = memo(function GridRow({ id, at, row, columns, faults, doing }: RowProps) {
  const { t } = useTranslation();
  const wrong = new Map((faults ? JSON.parse(faults) : []) as [string, string][]);
  const ofRow = wrong.get('');
  return (
    <tr data-faulty={wrong.size > 0 || undefined}>
      <th scope="row" className="grid-number">
        {at + 1}
      </th>
      {columns.map((column, from) => {
        const fault = wrong.get(column.name) ?? (from === 0 ? ofRow : undefined);
        const faultId = `${id}-${String(at)}-${column.name}`;
        return (
          <td key={column.name} data-head={t(labelOf(column))} data-kind={column.kind}>
            <Cell
              column={column}
              value={row[column.name]}
              label={`${t(labelOf(column))} ${String(at + 1)}`}
              place={`${String(at)}/${String(from)}`}
              faultId={fault ? faultId : undefined}
              set={(cell) => doing.set(at, column.name, cell)}
              paste={(event) => doing.paste(event, at, from)}
              pressed={(event) => doing.key(event, at, from)}
            />
            {fault && (
              <span id={faultId} className="wrong" data-testid="cell-fault">
                {fault}
              </span>
            )}
          </td>
        );
      })}
      <td className="grid-remove">
        <button
          type="button"
          className="icon-button plain"
          aria-label={t('form.remove_row_n', { n: at + 1 })}
          tabIndex={-1}
          onClick={() => doing.remove(at)}
        >
          ✕
        </button>
      </td>
    </tr>
  );
});

interface CellProps {
  column: FieldView;
  value: unknown;
  label: string;
  place: string;
  faultId: string | undefined;
  set: (cell: unknown) => void;
  paste: (event: React.ClipboardEvent) => void;
  pressed: (event: React.KeyboardEvent) => void;
}

function Cell({ column, value, label, place, faultId, set, paste, pressed }: CellProps) {
  const { t } = useTranslation();
  const shared = {
    'aria-label': label,
    'aria-describedby': faultId,
    'aria-invalid': faultId ? true : undefined,
    'data-cell': place,
    onPaste: paste,
    onKeyDown: pressed,
  };
  if (column.kind === 'boolean')
    return (
      <span className="grid-tick">
        <input
          {...shared}
          type="checkbox"
          checked={value === true}
          onChange={(event) => set(event.target.checked || undefined)}
        />
        {typeof value === 'string' && value !== '' && <span className="small">{value}</span>}
      </span>
    );
  const text = value === undefined || value === null ? '' : String(value);
  if (column.kind === 'choice') {
    const isStrange = text !== '' && !column.choices?.includes(text);
    return (
      <select {...shared} className="field-select" value={text} onChange={(event) => set(event.target.value)}>
        <option value="">{t('form.choose')}</option>
        {isStrange && <option value={text}>{text}</option>}
        {column.choices?.map((choice) => (
          <option key={choice} value={choice}>
            {t(choiceKey(column, choice))}
          </option>
        ))}
      </select>
    );
  }
  return (
    <input
      {...shared}
      className="field-input"
      autoComplete="off"
      value={text}
      onChange={(event) => set(event.target.value)}
    />
  );
}
