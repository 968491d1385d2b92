/** Which vehicles may go now, at a glance. */
import { useTranslation } from 'react-i18next';
import { useWhole } from '@/api/queries';
import type { Vehicle } from '@/api/rows';
import { Mark } from '@/ui/Mark';

export function VehicleHead() {
  const { t } = useTranslation();
  const { rows, isPending } = useWhole<Vehicle>('isolation/vehicles');
  if (isPending || rows.length === 0) return null;
  const count = (state: string) => rows.filter((row) => row.state === state).length;
  const ready = count('ready');
  return (
    <p className="filters tally">
      <Mark tone={ready > 0 ? 'good' : 'error'}>{t('transport.ready', { n: ready })}</Mark>
      <Mark tone="info">{t('transport.under_way', { n: count('under_way') })}</Mark>
      <Mark tone={count('to_disinfect') > 0 ? 'warning' : 'plain'}>
        {t('transport.to_disinfect', { n: count('to_disinfect') })}
      </Mark>
    </p>
  );
}
