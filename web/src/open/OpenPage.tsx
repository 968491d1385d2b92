/** For everybody, without signing in: how long the lines are, and one's own result by document and tube code. */
import { useTranslation } from 'react-i18next';
import { LanguageButton } from '@/field/LanguageButton';
import { Lines } from './Lines';
import { OwnResult } from './OwnResult';

export function OpenPage() {
  const { t } = useTranslation();
  return (
    <div className="post">
      <a className="skip" href="#work">
        {t('app.skip')}
      </a>
      <header className="post-header">
        <div className="post-line">
          <h1 className="open-title">{t('open.title')}</h1>
          <span className="spring" />
          <LanguageButton className="icon-button" />
        </div>
      </header>
      <main id="work">
        <OwnResult />
        <Lines />
      </main>
    </div>
  );
}
