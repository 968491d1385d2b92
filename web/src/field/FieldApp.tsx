/** The field pages: a post, a scanner, and no trust in the network. What is kept on the device decides what is shown first. */
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from './Loading';
import { EnterForm } from './EnterForm';
import { FieldHeader } from './FieldHeader';
import { resumeShift, type Shift } from './kit';
import { Refused } from './Refused';
import { useSync } from './sync';
import { useAppUpdate } from './update';

const pages = {
  sampling: lazy(() => import('./SamplingPage')),
  gate: lazy(() => import('./GatePage')),
};
type PageName = keyof typeof pages;

/** Where a role stands; the address may say another of its posts. */
const posts: [PageName, string[]][] = [
  ['sampling', ['SMP']],
  ['gate', ['GK']],
];

function pageOf(shift: Shift): PageName | undefined {
  const mine = posts.filter(([, roles]) => roles.some((role) => shift.session.roles.includes(role)));
  const asked = window.location.pathname.split('/')[2];
  return (mine.find(([name]) => name === asked) ?? mine[0])?.[0];
}

export function FieldApp() {
  const [shift, setShift] = useState<Shift | null>();
  useEffect(() => {
    void resumeShift().then((found) => setShift(found ?? null));
  }, []);
  if (shift === undefined) return <Loading />;
  if (shift === null) return <EnterForm onEntered={setShift} />;
  return <Post shift={shift} onLeft={() => setShift(null)} onEntered={setShift} />;
}

interface PostProps {
  shift: Shift;
  onLeft: () => void;
  onEntered: (shift: Shift) => void;
}

function Post({ shift, onLeft, onEntered }: PostProps) {
  const { t } = useTranslation();
  const { link, now } = useSync(shift);
  const update = useAppUpdate();
  const name = pageOf(shift);
  const Page = name && pages[name];
  useEffect(() => {
    document.title = `${t('app.name')} · ${name ? t(`site.${name}.title`) : t('site.title')}`;
  }, [t, name]);
  return (
    <div className="post">
      <a className="skip" href="#work">
        {t('app.skip')}
      </a>
      <FieldHeader shift={shift} link={link} page={name} onLeft={onLeft} update={update} sendNow={now} />
      <main id="work" tabIndex={-1} data-testid={name ? `field-${name}` : 'field-none'}>
        {link === 'signed_out' && <EnterForm again={shift} onEntered={onEntered} />}
        <Refused />
        {Page ? (
          <Suspense fallback={<Loading />}>
            <Page shift={shift} />
          </Suspense>
        ) : (
          <p className="post-none">{t('site.no_post')}</p>
        )}
      </main>
    </div>
  );
}
