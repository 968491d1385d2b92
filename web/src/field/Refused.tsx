/** What the server did not take, back with its author: which record, which field, why, and what lifts it. */
import { useTranslation } from 'react-i18next';
import type { Refusal, Fault } from '@/api/outcome';
import { db } from '@/offline/db';
import { settleRefused } from '@/offline/upload';
import { formatMoment } from '@/ui/time';
import { useLive } from './kit';
import { pickWords } from './pick';

export function Refused() {
  const { t } = useTranslation();
  const rows = useLive(() => db.queue.where('state').equals('refused').limit(50).toArray()) ?? [];
  if (rows.length === 0) return null;
  return (
    <section className="notice" aria-labelledby="refused-title" data-testid="refused">
      <h2 id="refused-title">{t('site.refused.title', { n: rows.length })}</h2>
      <p>{t('site.refused.next')}</p>
      <ul>
        {rows.map((row) => (
          <li key={row.seq} data-testid="refused-record" data-operation={row.operation}>
            <strong>
              {t('site.refused.record', { seq: row.seq, at: formatMoment(row.at) })}{' '}
              {t(`site.deed.${row.operation.replace('.', '_')}`)} {row.about ?? ''}
            </strong>
            {((row.answer?.refusals ?? []) as Refusal[]).map((refusal) => (
              <p key={refusal.code} data-testid="refusal" data-code={refusal.code}>
                {pickWords(refusal)} <span className="mono">{refusal.code}</span>
                {refusal.path ? ` · ${t('site.refused.field')} ${refusal.path}` : ''}
                {refusal.rule ? ` · ${t('refusal.rule')} ${refusal.rule}` : ''}
                {refusal.lifts?.zh ? ` · ${t('refusal.lifts')}${pickWords(refusal.lifts)}` : ''}
              </p>
            ))}
            {((row.answer?.faults ?? []) as Fault[]).map((fault) => (
              <p key={fault.path}>
                {t('site.refused.field')} {fault.path}: {pickWords(fault)}
              </p>
            ))}
            <button
              type="button"
              className="big"
              data-testid="refused-settle"
              onClick={() => void settleRefused(db, row.seq)}
            >
              {t('site.refused.settle')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
