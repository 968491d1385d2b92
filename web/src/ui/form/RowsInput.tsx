/** A small grid to type or paste into: a spreadsheet's rows land one per row, its columns in order. */
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { choiceKey, labelOf } from './FieldControl';
import type { FieldView, Values } from './fields';

interface Props {
  id: string;
  field: FieldView;
  value: Values[];
  onChange: (rows: Values[]) => void;
}

export function RowsInput({ id, field, value, onChange }: Props) {
  const { t } = useTranslation();
  const columns = field.columns ?? [];
  const rows = value.length > 0 ? value : [{}];
  const set = (at: number, name: string, cell: unknown) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, [name]: cell } : row)));
  const paste = (event: React.ClipboardEvent, at: number, from: number) => {
    const text = event.clipboardData.getData('text/plain');
    if (!/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    onChange(pasteInto(rows, columns, at, from, text));
  };
  return (
    <div id={id} tabIndex={-1}>
      <table className="list">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col">
                {t(labelOf(column))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {columns.map((column, from) => (
                <td key={column.name} data-head={t(labelOf(column))}>
                  {column.kind === 'choice' ? (
                    <select
                      className="field-select"
                      aria-label={`${t(labelOf(column))} ${String(at + 1)}`}
                      value={String(row[column.name] ?? '')}
                      onChange={(event) => set(at, column.name, event.target.value)}
                    >
                      <option value="">{t('form.choose')}</option>
                      {column.choices?.map((choice) => (
                        <option key={choice} value={choice}>
                          {t(choiceKey(column, choice))}
                        </option>
                      ))}
                    </select>
                  ) : (
                    <input
                      className="field-input"
                      aria-label={`${t(labelOf(column))} ${String(at + 1)}`}
                      value={String(row[column.name] ?? '')}
                      onChange={(event) => set(at, column.name, event.target.value)}
                      onPaste={(event) => paste(event, at, from)}
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Button size="small" onClick={() => onChange([...rows, {}])}>
        {t('form.add_row')}
      </Button>
    </div>
  );
}

export function pasteInto(
  rows: Values[],
  columns: FieldView[],
  at: number,
  from: number,
  text: string,
): Values[] {
  const lines = text.replace(/\r/g, '').replace(/\n+$/, '').split('\n');
  const next = rows.map((row) => ({ ...row }));
  lines.forEach((line, down) => {
    const row: Values = next[at + down] ?? {};
    line.split('\t').forEach((cell, right) => {
      const column = columns[from + right];
      if (column) row[column.name] = cell.trim();
    });
    next[at + down] = row;
  });
  return next;
}
