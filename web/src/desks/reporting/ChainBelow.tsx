/** The way of an event report, level by level: who has it, since when. */
import { useTranslation } from 'react-i18next';
import type { EventReport } from '@/api/rows';
import { UnitName } from '@/fields/UnitName';
import { Moment } from '@/ui/Countdown';

const levels = ['county_ha', 'county_gov', 'city', 'province', 'nation'] as const;

export function ChainBelow({ row }: { row: EventReport }) {
  const { t } = useTranslation();
  const receipt = new Map(row.receipts?.map((one) => [one.level, one]));
  return (
    <section className="card" aria-label={t('reporting.chain')}>
      <h3>{t('reporting.chain')}</h3>
      <ol className="timeline">
        {levels.map((level) => {
          const got = receipt.get(level);
          return (
            <li key={level}>
              <strong>{t(`choice.reached.${level}`)}</strong>{' '}
              {got ? (
                <span className="quiet">
                  <UnitName id={got.unit} /> <Moment at={got.at} />
                </span>
              ) : (
                <span className="quiet">{t('reporting.not_received')}</span>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
