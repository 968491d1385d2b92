/** Who changes and how: counted by class and edition, then person by person; a count narrows the list. */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWhole } from '@/api/queries';
import type { TransitionLine, TransitionOrder } from '@/api/rows';
import { useDeskSearch } from '@/ui/desk/DeskFrame';
import { DataList } from '@/ui/DataList';
import { Mark } from '@/ui/Mark';
import { Failed, failureIn, Loading } from '@/ui/States';
import { changeColumns, changeTones } from './columns';
import { changes, countChanges, groupLines, type Change, type Group } from './transition';

export function Changes({ order }: { order: TransitionOrder }) {
  const { t } = useTranslation();
  const { change: go } = useDeskSearch();
  const lines = useWhole<TransitionLine>('isolation/transition_lines', { transition: order.id });
  const groups = useMemo(() => groupLines(lines.rows), [lines.rows]);
  const [only, setOnly] = useState<Change>();
  if (lines.isPending) return <Loading />;
  if (lines.isError && lines.rows.length === 0)
    return <Failed failure={failureIn(lines.error)} retry={() => void lines.refetch()} />;
  const counts = countChanges(groups);
  return (
    <section className="transition" aria-label={t('isolation.changes')} data-testid="transition-changes">
      <h2>{order.document}</h2>
      {groups.length > 0 && (
        <>
          <div className="filters" role="group" aria-label={t('isolation.changes')}>
            {changes
              .filter((one) => counts[one])
              .map((one) => (
                <button
                  key={one}
                  type="button"
                  className="toggle"
                  aria-pressed={only === one}
                  data-testid={`change-${one}`}
                  onClick={() => setOnly(only === one ? undefined : one)}
                >
                  <Mark tone={changeTones[one] ?? 'plain'}>
                    {t(`choice.change.${one}`)} {counts[one]}
                  </Mark>
                </button>
              ))}
            <span className="quiet small" role="status">
              {t('isolation.previewed', { n: lines.rows.length })}
            </span>
          </div>
          <Summary groups={groups} shown={changes.filter((one) => counts[one])} />
        </>
      )}
      <DataList
        path="isolation/transition_lines"
        filters={{ transition: order.id, ...(only ? { change: only } : {}) }}
        columns={changeColumns}
        rowKey={(row) => row.id}
        onSelect={(row) => go({ view: 'all', sel: row.stay, op: undefined, part: 'context' })}
        caption={t('isolation.changes')}
        emptyTitle={t('isolation.not_previewed')}
        emptyHint={t('isolation.not_previewed_hint')}
      />
    </section>
  );
}

function Summary({ groups, shown }: { groups: Group[]; shown: Change[] }) {
  const { t } = useTranslation();
  return (
    <div className="wide-table" tabIndex={0} role="region" aria-label={t('isolation.by_class')}>
      <table className="list numbers">
        <caption className="only-read">{t('isolation.by_class')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('field.class')}</th>
            <th scope="col">{t('field.profile')}</th>
            {shown.map((change) => (
              <th key={change} scope="col">
                {t(`choice.change.${change}`)}
              </th>
            ))}
            <th scope="col">{t('isolation.in_all')}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={`${group.class} ${group.from} ${group.to}`}>
              <td data-head={t('field.class')}>{t(`choice.class.${group.class}`)}</td>
              <td data-head={t('field.profile')}>
                {group.from} → {group.to}
              </td>
              {shown.map((change) => (
                <td key={change} data-head={t(`choice.change.${change}`)}>
                  {group.counts[change] ?? 0}
                </td>
              ))}
              <td data-head={t('isolation.in_all')}>
                <b>{group.total}</b>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
