/** One voice for every "no": what was refused, under which rule and source, and the legal way on. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { pick } from '@/app/i18n';
import type { Refusal } from '@/api/outcome';

export function RefusalLine({ refusal }: { refusal: Refusal }) {
  const { t } = useTranslation();
  return (
    <div data-testid="refusal" data-code={refusal.code}>
      <span>{pick(refusal)}</span> <span className="mark mono">{refusal.code}</span>
      <div className="why">
        {refusal.rule && (
          <span>
            {t('refusal.rule')}{' '}
            <Link to="/rulebook/$id" params={{ id: refusal.rule }} search={{}}>
              {refusal.rule}
            </Link>
            {refusal.source ? ` · ${t('refusal.source')} ${refusal.source}` : ''}
          </span>
        )}
        {refusal.lifts?.zh && (
          <div>
            {t('refusal.lifts')}
            {pick(refusal.lifts)}
          </div>
        )}
      </div>
    </div>
  );
}

export function RefusalLines({ refusals }: { refusals: Refusal[] }) {
  return (
    <ul>
      {refusals.map((refusal, at) => (
        <li key={`${refusal.code}${String(at)}`}>
          <RefusalLine refusal={refusal} />
        </li>
      ))}
    </ul>
  );
}
