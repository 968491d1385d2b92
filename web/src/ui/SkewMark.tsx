/** Says that this machine's own clock is wrong. Nothing here follows it, but what is written on paper beside it does. */
import { useTranslation } from 'react-i18next';
import { useDeviceSkew } from '@/api/clock';
import { minute } from './time';

export function SkewMark() {
  const { t } = useTranslation();
  const skew = useDeviceSkew();
  if (skew === 0) return null;
  const say = t(skew > 0 ? 'clock.fast' : 'clock.slow', { by: spell(Math.abs(skew), t) });
  return (
    <span className="skew" role="status" data-testid="skew" title={t('clock.skew_explain')}>
      {say}
    </span>
  );
}

/** Minutes below two hours, hours below two days, days above. */
function spell(ms: number, t: (key: string, values: { n: number }) => string): string {
  const minutes = Math.round(ms / minute);
  if (minutes < 120) return t('clock.minutes', { n: minutes });
  if (minutes < 48 * 60) return t('clock.hours', { n: Math.round(minutes / 60) });
  return t('clock.days', { n: Math.round(minutes / 1440) });
}
