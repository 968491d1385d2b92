/** A tube spoilt before anybody is in it: closed away behind a line, so that no slip of a finger throws one away. */
import { useTranslation } from 'react-i18next';

const reasons = ['torn', 'leaking', 'expired', 'other'];

export function VoidForm({ onVoid }: { onVoid: (reason: string) => Promise<void> }) {
  const { t } = useTranslation();
  return (
    <details className="void">
      <summary>{t('site.sampling.void')}</summary>
      <form
        className="scan-line"
        onSubmit={(event) => {
          event.preventDefault();
          const reason = String(new FormData(event.currentTarget).get('reason'));
          void onVoid(t(`site.sampling.void_reason.${reason}`));
        }}
      >
        <select name="reason" className="field-select" aria-label={t('site.sampling.void_why')}>
          {reasons.map((reason) => (
            <option key={reason} value={reason}>
              {t(`site.sampling.void_reason.${reason}`)}
            </option>
          ))}
        </select>
        <button type="submit" className="big" data-testid="void">
          {t('site.sampling.void_now')}
        </button>
      </form>
    </details>
  );
}
