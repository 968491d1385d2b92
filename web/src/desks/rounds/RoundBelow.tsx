/** The equation of a round, and how far each township is: counted by the server, added up here. */
import { useTranslation } from 'react-i18next';
import { joinPages, useList } from '@/api/queries';
import type { RoundRow, RoundTallyRow } from '@/api/rows';
import { percent } from './columns';

interface Sum {
  roster: number;
  added: number;
  sampled: number;
  tested_elsewhere: number;
  exempt: number;
  out_of_area: number;
}
const counted: (keyof Sum)[] = ['roster', 'added', 'sampled', 'tested_elsewhere', 'exempt', 'out_of_area'];

/** Single cells mean nothing, only the sum over a round's rows does. */
export function byTownship(rows: RoundTallyRow[]): Map<number, Sum> {
  const sums = new Map<number, Sum>();
  for (const area of rows.flatMap((row) => row.areas ?? [])) {
    const sum = sums.get(area.township) ?? {
      roster: 0,
      added: 0,
      sampled: 0,
      tested_elsewhere: 0,
      exempt: 0,
      out_of_area: 0,
    };
    for (const name of counted) sum[name] += area[name];
    sums.set(area.township, sum);
  }
  return sums;
}

export const missed = (sum: Sum) =>
  sum.roster + sum.added - sum.sampled - sum.tested_elsewhere - sum.exempt - sum.out_of_area;
const coverage = (sum: Sum) => {
  const owed = sum.roster + sum.added - sum.exempt - sum.out_of_area;
  return owed > 0 ? (sum.sampled + sum.tested_elsewhere) / owed : 1;
};

export function RoundBelow({ row }: { row: RoundRow }) {
  const { t } = useTranslation();
  const query = useList<RoundTallyRow>('screening/round_counts', { round: row.id }, true, 500);
  const sums = byTownship(joinPages(query.data?.pages ?? []).rows);
  const all: Sum = { roster: 0, added: 0, sampled: 0, tested_elsewhere: 0, exempt: 0, out_of_area: 0 };
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
    </div>
  );
}
