/** What is being emptied here now: set once, then each traveller is registered with the check, until it is over. */
import { useTranslation } from 'react-i18next';
import { makeId } from '@/fields/ids';
import { db } from '@/offline/db';
import { carriages, landingKey, type Carriage, type Landing } from '@/offline/lane';
import { serverNow } from '@/api/clock';

interface Props {
  home: number;
  landing: Landing | undefined;
}

export function LandingForm({ home, landing }: Props) {
  const { t } = useTranslation();
  if (landing)
    return (
      <p className="snapshot" data-testid="landing">
        {t('site.gate.landing_of', {
          carriage: t(`choice.carriage.${landing.carriage}`),
          number: landing.number,
        })}{' '}
        <button
          type="button"
          className="link-button"
          data-testid="landing-over"
          onClick={() => void db.meta.delete(landingKey)}
        >
          {t('site.gate.landing_over')}
        </button>
      </p>
    );
  return (
    <details className="aside">
      <summary>{t('site.gate.landing')}</summary>
      <form
        className="scan-line"
        onSubmit={(event) => {
          event.preventDefault();
          const typed = new FormData(event.currentTarget);
          const begun: Landing = {
            id: makeId(home, serverNow()),
            carriage: String(typed.get('carriage')) as Carriage,
            number: String(typed.get('number')).trim(),
          };
          void db.write(landingKey, begun).then(() => document.getElementById('scan')?.focus());
        }}
      >
        <select name="carriage" className="field-select" aria-label={t('site.gate.carriage')}>
          {carriages.map((one) => (
            <option key={one} value={one}>
              {t(`choice.carriage.${one}`)}
            </option>
          ))}
        </select>
        <input
          name="number"
          className="field-input"
          aria-label={t('site.gate.landing_number')}
          placeholder={t('site.gate.landing_number')}
          autoComplete="off"
          required
        />
        <button type="submit" className="big" data-testid="landing-begin">
          {t('site.gate.landing_begin')}
        </button>
      </form>
    </details>
  );
}
