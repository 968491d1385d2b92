/** A truck's driver: the plate goes with the check, so that the way of the truck can be followed. */
import { useTranslation } from 'react-i18next';
import type { Driver } from '@/offline/lane';

interface Props {
  driver: Driver;
  change: (driver: Driver) => void;
}

export function DriverForm({ driver, change }: Props) {
  const { t } = useTranslation();
  const field = (name: 'plate' | 'cargo') => (
    <div className="field">
      <label htmlFor={name}>{t(`site.gate.${name}`)}</label>
      <input
        id={name}
        className="field-input"
        autoComplete="off"
        autoCapitalize="characters"
        value={driver[name] ?? ''}
        onChange={(event) => change({ ...driver, [name]: event.target.value.toUpperCase() })}
      />
    </div>
  );
  return (
    <details className="aside" data-testid="driver">
      <summary>{t('site.gate.driver')}</summary>
      <div className="observed">
        {field('plate')}
        {field('cargo')}
      </div>
    </details>
  );
}
