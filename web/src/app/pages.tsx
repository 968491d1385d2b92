import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <main className="page" id="work">
      <h1 className="page-title">{t('failure.not_found.title')}</h1>
      <p>{t('failure.not_found.next')}</p>
      <p>
        <Link to="/">{t('action.home')}</Link>
      </p>
    </main>
  );
}

export function PageError() {
  const { t } = useTranslation();
  return (
    <main className="page" id="work" role="alert">
      <h1 className="page-title">{t('failure.page.title')}</h1>
      <p>{t('failure.page.next')}</p>
      <p>
        <button type="button" className="link-button" onClick={() => window.location.reload()}>
          {t('action.retry')}
        </button>
      </p>
    </main>
  );
}
