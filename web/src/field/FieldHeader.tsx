/** Who stands here, whether the server hears it, what still waits on this device; and the way out, when nothing does. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow, useServerNow } from '@/api/clock';
import { leave } from './enter';
import { db } from '@/offline/db';
import { mayLeave, wipe } from '@/offline/queue';
import { SkewMark } from '@/ui/SkewMark';
import { formatMoment, minute } from '@/ui/time';
import { useQueueState, type Shift } from './kit';
import { LanguageButton } from './LanguageButton';
import { pickWords } from './pick';
import type { Link } from './sync';

interface Props {
  shift: Shift;
  link: Link;
  page: string | undefined;
  onLeft: () => void;
  update: { ready: boolean; apply: () => void };
  sendNow: () => void;
}

export function FieldHeader({ shift, link, page, onLeft, update, sendNow }: Props) {
  const { t } = useTranslation();
  const now = useServerNow();
  const { waiting, refused, oldest } = useQueueState();
  const [isKept, setKept] = useState(false);
  const { unit, person_name, realm } = shift.session;
  const goHome = async () => {
    if (!(await mayLeave(db))) return setKept(true);
    await leave();
    await wipe(db);
    onLeft();
  };
  const minutes = oldest === undefined ? 0 : Math.max(0, Math.floor((serverNow() - oldest) / minute));
  return (
    <header className="post-header">
      <div className="post-line">
        <strong>{page ? t(`site.${page}.title`) : t('site.title')}</strong>
        {realm !== 'live' && <span className="realm">{t(`choice.realm.${realm}`)}</span>}
        <span className="post-unit">
          {pickWords({ zh: unit.name_zh, en: unit.name_en || unit.name_zh })} · {person_name}
        </span>
        <time className="clock-time">{formatMoment(now)}</time>
        <SkewMark />
      </div>
      <div className="post-line">
        <span className="link-state" data-testid="link" data-link={link}>
          {link === 'up' ? '●' : link === 'down' ? '○' : '▲'} {t(`site.link.${link}`)}
        </span>
        <span className="waiting" data-testid="waiting" data-count={waiting} aria-live="polite">
          {waiting === 0 ? t('site.sent_all') : t('site.waiting', { n: waiting, minutes })}
        </span>
        {waiting > 0 && (
          <button type="button" className="icon-button" data-testid="send-now" onClick={sendNow}>
            {t('site.send_now')}
          </button>
        )}
        <span className="spring" />
        {update.ready && waiting === 0 && (
          <button type="button" className="icon-button" data-testid="update" onClick={update.apply}>
            {t('site.update')}
          </button>
        )}
        <LanguageButton className="icon-button" />
        <button type="button" className="icon-button" data-testid="sign-out" onClick={() => void goHome()}>
          {t('user.sign_out')}
        </button>
      </div>
      {isKept && (waiting > 0 || refused > 0) && (
        <p className="summary" role="alert" data-testid="leave-refused">
          {t('site.leave_refused', { waiting, refused })}{' '}
          <button type="button" className="link-button" onClick={() => setKept(false)}>
            {t('action.close')}
          </button>
        </p>
      )}
    </header>
  );
}
