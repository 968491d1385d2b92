/** Why this patient may not leave yet, until when at the latest, and the notice to hand over. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Encounter } from '@/api/rows';
import { Countdown, Moment } from '@/ui/Countdown';

export function HoldBanner({ row }: { row: Encounter }) {
  const { t } = useTranslation();
  if (row.state === 'isolated') {
    return (
      <div className="banner" data-tone="error" role="status" data-testid="isolated">
        <strong>{t('hospitals.isolated')}</strong> {t('hospitals.isolated_next')}
      </div>
    );
  }
  if (row.state === 'left_early' || row.state === 'recalled') {
    return (
      <div className="banner" data-tone="error" role="status">
        <strong>{t(`hospitals.${row.state}`)}</strong> {t('hospitals.left_early_next')}
      </div>
    );
  }
  if (row.state !== 'awaiting' && row.state !== 'sampled') return null;
  return (
    <div className="banner" role="status" data-testid="hold">
      <strong>{t('hospitals.hold')}</strong>
      {row.hold_until && (
        <p>
          {t('hospitals.hold_until')} <Moment at={row.hold_until} /> · <Countdown dueAt={row.hold_until} />
        </p>
      )}
      <Link
        to="/print/hold/$encounter"
        params={{ encounter: row.id }}
        target="_blank"
        data-testid="print-hold"
      >
        {t('hospitals.print_hold')}
      </Link>
    </div>
  );
}
