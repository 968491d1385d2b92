/** How far each building of one township is: the least done first, for there somebody has to go. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RoundTallyRow } from '@/api/rows';
import { percent } from './columns';
import { byPlace, coverage, missed } from './sums';

export function BuildingsOf({ tallies, townships }: { tallies: RoundTallyRow[]; townships: number[] }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<number>();
  const township = chosen ?? townships[0];
  if (township === undefined) return null;
  const here = tallies.map((row) => ({
    areas: row.areas?.filter((area) => area.township === township) ?? [],
  }));
  const buildings = [...byPlace(here, (area) => area.building)].sort(([, a], [, b]) => missed(b) - missed(a));
  return (
    <details data-testid="by-building">
      <summary>{t('rounds.by_building')}</summary>
      <label>
        <span className="quiet">{t('field.township')} </span>
        <select
          className="field-select"
          value={township}
          onChange={(event) => setChosen(Number(event.target.value))}
        >
          {townships.map((one) => (
            <option key={one} value={one}>
              {one || t('rounds.no_township')}
            </option>
          ))}
        </select>
      </label>
      <table className="sums">
        <caption className="only-read">{t('rounds.by_building')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('field.building')}</th>
            <th scope="col">{t('rounds.due')}</th>
            <th scope="col">{t('rounds.missed')}</th>
            <th scope="col">{t('rounds.coverage')}</th>
          </tr>
        </thead>
        <tbody>
          {buildings.map(([building, sum]) => (
            <tr key={building}>
              <td>{building || t('rounds.no_building')}</td>
              <td>{sum.roster + sum.added}</td>
              <td>{missed(sum)}</td>
              <td>{percent(coverage(sum))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
