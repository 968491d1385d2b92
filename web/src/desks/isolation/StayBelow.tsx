/** The tests of a stay, day by day: due, sampled, answered. */
import { useTranslation } from 'react-i18next';
import { joinPages, useList } from '@/api/queries';
import type { Stay, StayTest } from '@/api/rows';
import { ChoiceMark } from '@/ui/cells';
import { testTones } from './columns';

export function StayBelow({ row }: { row: Stay }) {
  const { t } = useTranslation();
  const query = useList<StayTest>('isolation/stay_tests', { stay: row.id }, true, 100);
  const { rows } = joinPages(query.data?.pages ?? []);
  if (rows.length === 0) return null;
  return (
    <section className="card" aria-label={t('isolation.tests')}>
      <h3>{t('isolation.tests')}</h3>
      <ul>
        {rows.map((test) => (
          <li key={test.id} className="duty-line">
            <span>{test.day}</span>
            <ChoiceMark set="test_state" value={test.state} tones={testTones} />
          </li>
        ))}
      </ul>
    </section>
  );
}
