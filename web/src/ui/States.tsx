/** Empty, late, forbidden and error: each list draws all four, in words that say what to do next. */
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { FailureError, type Failure } from '@/api/outcome';
import { RefusalLines } from './Refusals';

export function Loading({ label }: { label?: string }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-live="polite">
      <span className="only-read">{label ?? t('state.loading')}</span>
      {[86, 72, 90, 64].map((width) => (
        <div key={width} className="bar-skeleton" style={{ width: `${String(width)}%` }} />
      ))}
    </div>
  );
}

export function Empty({ title, children }: { title: string; children?: React.ReactNode }) {
  return (
    <div className="state" data-testid="state-empty">
      <strong>{title}</strong>
      {children}
    </div>
  );
}

export function failureIn(error: unknown): Failure {
  return error instanceof FailureError ? error.failure : { kind: 'unreachable' };
}

/** What went wrong and what to do next, to stand inside a summary. */
export function FailureText({ failure }: { failure: Failure }) {
  const { t } = useTranslation();
  return (
    <div role="alert">
      <h3>{t(`failure.${failure.kind}.title`)}</h3>
      {'refusals' in failure && failure.refusals.length > 0 ? (
        <RefusalLines refusals={failure.refusals} />
      ) : (
        <p>{t(`failure.${failure.kind}.next`)}</p>
      )}
    </div>
  );
}

/** The whole of a list could not be shown. */
export function Failed({ failure, retry }: { failure: Failure; retry?: () => void }) {
  const { t } = useTranslation();
  const forbidden = failure.kind === 'forbidden';
  return (
    <div className="state" role="alert" data-testid={forbidden ? 'state-forbidden' : 'state-error'}>
      <strong>{t(`failure.${failure.kind}.title`)}</strong>
      {'refusals' in failure && failure.refusals.length > 0 ? (
        <RefusalLines refusals={failure.refusals} />
      ) : (
        <p>{t(`failure.${failure.kind}.next`)}</p>
      )}
      {retry && !forbidden && (
        <p style={{ marginTop: 12 }}>
          <Button onClick={retry}>{t('action.retry')}</Button>
        </p>
      )}
    </div>
  );
}

/** Something is shown, but it is older than it should be. */
export function Late({ asOf, retry }: { asOf: string; retry: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="banner late" role="status" data-testid="state-late">
      {t('state.late', { at: asOf })}{' '}
      <button type="button" className="link-button" onClick={retry}>
        {t('action.retry')}
      </button>
    </div>
  );
}
