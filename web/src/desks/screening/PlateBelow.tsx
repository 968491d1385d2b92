/** The wells of a plate: which tube lies where, and what was read there. */
import { useTranslation } from 'react-i18next';
import { joinPages, useList } from '@/api/queries';
import type { PlateRow, Tube } from '@/api/rows';
import { ChoiceMark } from '@/ui/cells';
import { Mark } from '@/ui/Mark';
import { resultTones, tubeTones } from './columns';

export function PlateBelow({ row }: { row: PlateRow }) {
  const { t } = useTranslation();
  const wells = row.wells ?? [];
  const ids = wells.map((well) => well.tube).join(',');
  const query = useList<Tube>('screening/tubes', { id: ids }, ids !== '', 500);
  const tubes = new Map(joinPages(query.data?.pages ?? []).rows.map((tube) => [tube.id, tube]));
  return (
    <div className="card" data-testid="plate">
      <h3>{t('screening.plate', { n: wells.length })}</h3>
      <p>
        {t('field.control_valid')}：
        {row.control_valid === undefined ? (
          <span className="quiet">{t('screening.control_open')}</span>
        ) : (
          <Mark tone={row.control_valid ? 'good' : 'error'}>
            {t(row.control_valid ? 'screening.control_good' : 'screening.control_bad')}
          </Mark>
        )}
      </p>
      <table className="sums">
        <caption className="only-read">{t('screening.plate', { n: wells.length })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('field.well')}</th>
            <th scope="col">{t('field.tube')}</th>
            <th scope="col">{t('field.result')}</th>
          </tr>
        </thead>
        <tbody>
          {wells.map(({ well, tube }) => {
            const found = tubes.get(tube);
            const result = found?.result ?? found?.provisional;
            return (
              <tr key={well}>
                <th scope="row">{well}</th>
                <td className="mono">{found?.code}</td>
                <td>
                  {result ? (
                    <ChoiceMark set="result" value={result} tones={found?.result ? resultTones : {}} />
                  ) : (
                    found && <ChoiceMark set="tube_state" value={found.state} tones={tubeTones} />
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
