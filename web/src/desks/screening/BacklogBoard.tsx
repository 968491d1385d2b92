/** What waits at a laboratory and how long reported ones took, by class, against the rulebook's hours. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, valueOf } from '@/api/client';
import { useServerNow } from '@/api/clock';
import { useSession } from '@/api/session';
import { unitName, useUnits } from '@/fields/units';
import { Mark } from '@/ui/Mark';
import { Empty, Failed, failureIn, Loading } from '@/ui/States';
import { formatMoment, toInstant } from '@/ui/time';
import { hoursSince, shareInTime, type BacklogRow } from './backlog';

export function BacklogBoard() {
  const { t } = useTranslation();
  const session = useSession();
  const units = useUnits();
  const labs = units.all.filter((unit) => unit.kind === 'laboratory' && unit.active);
  const own = labs.find((unit) => unit.id === session.unit.id) ?? labs[0];
  const [chosen, setChosen] = useState<string>();
  const lab = chosen ?? own?.id;
  const query = useQuery({
    queryKey: ['list', 'screening', 'backlog', lab],
    enabled: lab !== undefined,
    refetchInterval: 60_000,
    queryFn: ({ signal }) =>
      valueOf(api.GET('/v1/screening/backlog', { params: { query: { lab: lab ?? '' } }, signal }), signal),
  });
  if (labs.length === 0 && units.all.length > 0) return <Empty title={t('screening.no_laboratory')} />;
  return (
    <div className="backlog" data-testid="backlog">
      <div className="filters">
        <label>
          <span className="quiet">{t('field.laboratory')} </span>
          <select
            className="field-select"
            value={lab ?? ''}
            onChange={(event) => setChosen(event.target.value)}
            data-testid="backlog-lab"
          >
            {labs.map((unit) => (
              <option key={unit.id} value={unit.id}>
                {unitName(unit)}
              </option>
            ))}
          </select>
        </label>
      </div>
      {query.isPending && <Loading />}
      {query.isError && !query.data && (
        <Failed failure={failureIn(query.error)} retry={() => void query.refetch()} />
      )}
      {query.data && <BacklogTable rows={query.data.rows} />}
      {query.data && (
        <p className="small quiet">
          {t('screening.backlog_note', { at: formatMoment(toInstant(query.data.at)) })}
        </p>
      )}
    </div>
  );
}

function BacklogTable({ rows }: { rows: BacklogRow[] }) {
  const { t } = useTranslation();
  const now = useServerNow();
  if (rows.length === 0) return <Empty title={t('screening.empty.backlog')} />;
  return (
    <div className="sums-scroll" tabIndex={0} role="region" aria-label={t('screening.view.backlog')}>
      <table className="sums">
        <caption className="only-read">{t('screening.view.backlog')}</caption>
        <thead>
          <tr>
            {['class', 'on_the_way', 'received', 'testing', 'to_sign', 'oldest', 'limit', 'late'].map(
              (head) => (
                <th key={head} scope="col">
                  {t(`screening.backlog.${head}`)}
                </th>
              ),
            )}
            <th scope="col">{t('screening.backlog.median')}</th>
            <th scope="col">{t('screening.backlog.in_time')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.class} data-class={row.class}>
              <th scope="row">{t(`choice.class.${row.class}`)}</th>
              <td>{row.on_the_way}</td>
              <td>{row.received}</td>
              <td>{row.testing}</td>
              <td>{row.to_sign}</td>
              <td>{row.oldest_at ? t('screening.hours', { n: hoursSince(row.oldest_at, now) }) : '–'}</td>
              <td>{row.limit_h === undefined ? '–' : t('screening.hours', { n: row.limit_h })}</td>
              <td data-testid="late">
                {row.late > 0 ? <Mark tone="error">{t('screening.late', { n: row.late })}</Mark> : 0}
              </td>
              <td>
                {row.median_min === undefined
                  ? '–'
                  : t('screening.hours', { n: (row.median_min / 60).toFixed(1) })}
              </td>
              <td>{shareInTime(row)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
