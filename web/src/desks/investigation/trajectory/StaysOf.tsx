import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Stop } from '@/api/rows';
import { ChartFrame } from '@/ui/chart/ChartFrame';
import { Loading } from '@/ui/States';

const StayMap = lazy(async () => ({ default: (await import('@/ui/map/StayMap')).StayMap }));

/** Where the stays of a case lie; asked for only when somebody looks at a trajectory. */
export function StaysOf({ stops }: { stops: Stop[] }) {
  const { t } = useTranslation();
  const stays = useMemo(
    () => stops.map((stop) => ({ division: stop.division, place: stop.place, count: 1 })),
    [stops],
  );
  return (
    <ChartFrame
      title={t('map.title')}
      summary={t('map.summary', { n: stays.length })}
      testId="stay-map"
      picture={(width) => (
        <Suspense fallback={<Loading />}>
          <StayMap stays={stays} width={width} />
        </Suspense>
      )}
      table={
        <table className="list">
          <thead>
            <tr>
              <th scope="col">{t('field.division')}</th>
              <th scope="col">{t('field.place')}</th>
            </tr>
          </thead>
          <tbody>
            {stops.map((stop) => (
              <tr key={stop.id}>
                <td className="mono">{stop.division || t('map.not_coded')}</td>
                <td>{stop.place}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  );
}
