/** The frame around every page of a signed-in user. */
import { SearchOutlined } from '@ant-design/icons';
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/session';
import { SkewMark } from '@/ui/SkewMark';
import { Loading } from '@/ui/States';
import { Toasts } from '@/ui/toasts';
import { ClockControl } from './ClockControl';
import { desksFor } from './desks';
import { LanguageSwitch } from './LanguageSwitch';
import { Notices } from './Notices';
import { useStream } from './stream';

const UserMenu = lazy(() => import('./UserMenu'));

export function Shell() {
  const { t } = useTranslation();
  const path = useLocation({ select: (location) => location.pathname });
  const live = useStream();
  useEffect(() => {
    document.title = `${t('app.name')} · ${t('app.purpose_short')}`;
  }, [t]);
  if (path.startsWith('/print/')) return <Outlet />;
  return (
    <div className="shell">
      <a className="skip" href="#work">
        {t('app.skip')}
      </a>
      <Header isLive={live} />
      <Suspense fallback={<Loading />}>
        <Outlet />
      </Suspense>
      <Toasts />
    </div>
  );
}

function Header({ isLive }: { isLive: boolean }) {
  const { t } = useTranslation();
  const session = useSession();
  return (
    <header className="header no-print">
      <Link to="/" className="brand" aria-label={t('app.name')}>
        <img src="/icon.svg" alt="" />
        <span className="brand-word">{t('app.name')}</span>
      </Link>
      <nav className="desk-nav" aria-label={t('app.desks')}>
        {desksFor(session).map((name) => (
          <Link
            key={name}
            to="/d/$desk"
            params={{ desk: name }}
            activeProps={{ 'aria-current': 'page' }}
            activeOptions={{ includeSearch: false }}
          >
            {t(`desk.name.${name}`)}
          </Link>
        ))}
      </nav>
      <SearchBox />
      <Link to="/search" search={{ q: '' }} className="icon-button only-phone" aria-label={t('search.label')}>
        <SearchOutlined aria-hidden />
      </Link>
      <ClockControl isLive={isLive} />
      <SkewMark />
      <Notices />
      <LanguageSwitch className="icon-button hide-phone" />
      <Suspense fallback={<span className="icon-button">…</span>}>
        <UserMenu />
      </Suspense>
    </header>
  );
}

function SearchBox() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const inField = event.target instanceof HTMLElement && event.target.closest('input, textarea, select');
      if (event.key === '/' && !inField) {
        event.preventDefault();
        document.getElementById('search')?.focus();
      }
    };
    document.addEventListener('keydown', focus);
    return () => document.removeEventListener('keydown', focus);
  }, []);
  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) void navigate({ to: '/search', search: { q: text.trim() } });
      }}
    >
      <input
        id="search"
        className="search"
        type="search"
        autoComplete="off"
        aria-label={t('search.label')}
        placeholder={t('search.label')}
        title={t('search.placeholder')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </form>
  );
}
