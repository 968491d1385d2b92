import { useTranslation } from 'react-i18next';
import { pick } from '@/app/i18n';
import type { ImportFault } from '@/api/imports';

export type Mends = Record<string, { row: number; column: string; value: string }>;

/** What is wrong, by row and column, with the cell as it stands; a cell of the list can be typed anew. */
export function FaultTable({
  faults,
  mends,
  onMend,
}: {
  faults: ImportFault[];
  mends?: Mends;
  onMend?: (mends: Mends) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className="list-scroll">
      <table className="list fault-list">
        <thead>
          <tr>
            <th scope="col">{t('imports.row')}</th>
            <th scope="col">{t('imports.column')}</th>
            <th scope="col">{t('imports.cell')}</th>
            <th scope="col">{t('imports.reason')}</th>
          </tr>
        </thead>
        <tbody>
          {faults.map((fault, at) => {
            const name = `${String(fault.row)} ${fault.field}`;
            const changed = mends?.[name]?.value;
            return (
              <tr key={`${name} ${String(at)}`} data-testid="import-fault">
                <td className="mono">{fault.row || '—'}</td>
                <td>{fault.field || fault.segment || '—'}</td>
                <td>
                  {onMend && fault.changeable ? (
                    <input
                      className="field-input"
                      aria-label={t('imports.cell_of', { row: fault.row, column: fault.field })}
                      value={changed ?? fault.cell}
                      onChange={(event) =>
                        onMend({
                          ...mends,
                          [name]: { row: fault.row, column: fault.field, value: event.target.value },
                        })
                      }
                    />
                  ) : (
                    <span className="mono">{fault.cell}</span>
                  )}
                </td>
                <td>
                  {pick({ zh: fault.zh, en: fault.en })} <span className="mark mono">{fault.code}</span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
