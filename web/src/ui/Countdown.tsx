import { useTranslation } from 'react-i18next';
import { useServerNow } from '@/api/clock';
import { restDigits, restOf } from './countdown';
import { formatFull, formatMoment, toInstant } from './time';

/** Time left, live from the server's clock; the word says "overdue", not only the colour. */
export function Countdown({ dueAt }: { dueAt: string }) {
  const { t } = useTranslation();
  const now = useServerNow();
  const rest = restOf(toInstant(dueAt), now);
  const digits = restDigits(rest, t('time.day_short'));
  return (
    <time
      className="rest"
      data-testid="duty-due"
      data-due={dueAt}
      data-urgency={rest.urgency}
      dateTime={dueAt}
    >
      {rest.urgency === 'overdue' ? t('time.overdue_by', { rest: digits }) : t('time.left', { rest: digits })}
    </time>
  );
}

export function Moment({ at }: { at: string | null | undefined }) {
  if (!at) return <span className="quiet">—</span>;
  const instant = toInstant(at);
  return (
    <time className="nowrap" dateTime={at} title={formatFull(instant)}>
      {formatMoment(instant)}
    </time>
  );
}
