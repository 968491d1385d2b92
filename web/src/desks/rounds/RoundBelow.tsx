/** The equation of a round, and how far each township is: counted by the server, added up here. */
import { useTranslation } from 'react-i18next';
import { useWhole } from '@/api/queries';
import type { RoundRow, RoundTallyRow } from '@/api/rows';
import { BuildingsOf } from './BuildingsOf';
import { percent } from './columns';
import { byPlace, counted, coverage, missed, nothing } from './sums';

export function RoundBelow({ row }: { row: RoundRow }) {
  const { t } = useTranslation();
  const tallies = useWhole<RoundTallyRow>('screening/round_counts', { round: row.id });
  const sums = byPlace(tallies.rows, (area) => area.township);
  const all = nothing();
  for (const sum of sums.values()) for (const name of counted) all[name] += sum[name];
  return (
    <div className="card" data-testid="round-below">
      <h3>{t('rounds.equation')}</h3>
      <p data-testid="equation">
        {t('rounds.equation_people', {
          total: all.roster + all.added,
          sampled: all.sampled,
          elsewhere: all.tested_elsewhere,
          exempt: all.exempt,
          out: all.out_of_area,
          missed: missed(all),
        })}
      </p>
      <p>{t('rounds.coverage_is', { share: percent(coverage(all)) })}</p>
      {row.equation && (
        <p>
          {t('rounds.equation_tubes', {
            issued: row.equation.issued,
            sealed: row.equation.sealed,
            received: row.equation.received,
            rejected: row.equation.rejected,
            lost: row.equation.lost,
            transit: row.equation.in_transit,
          })}
        </p>
      )}
      <table className="sums">
        <caption>{t('rounds.by_township')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('field.township')}</th>
            <th scope="col">{t('rounds.due')}</th>
            <th scope="col">{t('rounds.missed')}</th>
            <th scope="col">{t('rounds.coverage')}</th>
          </tr>
        </thead>
        <tbody>
          {[...sums].map(([township, sum]) => (
            <tr key={township}>
              <td>{township || t('rounds.no_township')}</td>
              <td>{sum.roster + sum.added}</td>
              <td>{missed(sum)}</td>
              <td>{percent(coverage(sum))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <BuildingsOf tallies={tallies.rows} townships={[...sums.keys()]} />
    </div>
  );
}
