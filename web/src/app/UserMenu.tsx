import { UserOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from '@tanstack/react-router';
import { forgetAll, sessionKey, signOut, useSession } from '@/api/session';
import { unitName } from '@/fields/units';
import { LanguageSwitch } from './LanguageSwitch';
import { Pop } from './Pop';
import { useScheme } from './scheme';

export default function UserMenu() {
  const { t } = useTranslation();
  const session = useSession();
  const queries = useQueryClient();
  const { scheme, setScheme } = useScheme();
  const leave = async () => {
    await signOut();
    forgetAll(queries);
    queries.setQueryData(sessionKey, null);
  };
  return (
    <Pop
      label={t('user.menu', { name: session.person_name })}
      testId="user-menu"
      face={
        <>
          <UserOutlined aria-hidden /> <span className="hide-phone">{session.person_name}</span>
        </>
      }
    >
      {(close) => (
        <>
          <p>
            <strong>{session.person_name}</strong>
          </p>
          <p className="small quiet">
            {unitName(session.unit)} ·{' '}
            {session.roles.map((role) => t(`choice.role.${role}`)).join(t('list.and'))}
          </p>
          <Link to="/rulebook" className="menu-item" onClick={close}>
            {t('rulebook.title')}
          </Link>
          <button
            type="button"
            className="menu-item"
            onClick={() => setScheme(scheme === 'dark' ? 'light' : 'dark')}
          >
            {t(scheme === 'dark' ? 'user.light' : 'user.dark')}
          </button>
          <LanguageSwitch className="menu-item" />
          <button type="button" className="menu-item" data-testid="sign-out" onClick={() => void leave()}>
            {t('user.sign_out')}
          </button>
        </>
      )}
    </Pop>
  );
}
