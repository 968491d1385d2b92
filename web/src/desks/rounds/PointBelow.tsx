/** Where a crowded point's line could go: the nearest team of the round without one, as the server found it. */
import { useTranslation } from 'react-i18next';
import { useOne } from '@/api/queries';
import type { SamplingPointRow } from '@/api/rows';
import { UnitName } from '@/fields/UnitName';

export function PointBelow({ row }: { row: SamplingPointRow }) {
  return row.free_point ? <Relief point={row.free_point} /> : null;
}

function Relief({ point }: { point: string }) {
  const { t } = useTranslation();
  const { data } = useOne<SamplingPointRow>('screening/points', point);
  if (!data) return null;
  return (
    <div className="card" data-testid="free-team">
      <h3>{t('rounds.free_team')}</h3>
      <p>
        {data.row.title} · <UnitName id={data.row.unit} />
      </p>
    </div>
  );
}
