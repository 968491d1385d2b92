/** Notices to my posts: counted in the header, sounded, shown by the browser if it may, acknowledged with one key. */
import { BellOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { command } from '@/api/client';
import { useNotices } from '@/api/queries';
import type { Notice } from '@/api/views';
import { Moment } from '@/ui/Countdown';
import { AboutLink, ruleWords } from '@/ui/DutyPane';
import { Mark } from '@/ui/Mark';
import { Empty, Failed, failureIn, Loading } from '@/ui/States';
import { tell } from '@/ui/toasts';
import { pick } from './i18n';
import { Pop } from './Pop';
import { chime } from './sound';

export function useOpenNotices() {
  const query = useNotices();
  return { query, open: (query.data?.rows ?? []).filter((notice) => !notice.acknowledged_at) };
}

export function Notices() {
  const { t } = useTranslation();
  const { query, open } = useOpenNotices();
  const urgent = open.filter((notice) => notice.urgent).length;
  useAnnounce(query.isSuccess ? open : undefined);
  const label = t('notices.count', { n: open.length, urgent });
  return (
    <Pop
      label={label}
      testId="notices"
      face={
        <>
          <BellOutlined aria-hidden />
          {open.length > 0 && <span className="count">{open.length}</span>}
        </>
      }
    >
      {() => (
        <>
          <div className="pane-head">
            <h2>{t('notices.title')}</h2>
            <AskBrowser />
          </div>
          {query.isPending && <Loading />}
          {query.isError && <Failed failure={failureIn(query.error)} retry={() => void query.refetch()} />}
          {query.isSuccess && open.length === 0 && <Empty title={t('notices.none')} />}
          {open.map((notice) => (
            <NoticeCard key={notice.no} notice={notice} />
          ))}
        </>
      )}
    </Pop>
  );
}

export function NoticeCard({ notice }: { notice: Notice }) {
  const { t } = useTranslation();
  return (
    <article
      className="duty"
      data-urgency={notice.urgent ? 'overdue' : 'calm'}
      data-testid="notice"
      data-rule={notice.rule}
    >
      <h3>
        {notice.urgent && <Mark tone="error">{t('notices.urgent')}</Mark>} {ruleWords(notice)}
      </h3>
      <div className="duty-line">
        <AboutLink
          kind={notice.about_kind}
          id={notice.about}
          label={notice.about_label && pick(notice.about_label)}
        />
        <span className="small quiet">{t(`choice.notice_kind.${notice.kind}`)}</span>
      </div>
      <div className="duty-line small quiet">
        <span>
          <Moment at={notice.sent_at} /> · {t(`choice.role.${notice.role}`)} · {t('duties.due')}{' '}
          <Moment at={notice.due_at} />
        </span>
        {!notice.acknowledged_at && <Acknowledge notice={notice} />}
      </div>
    </article>
  );
}

export function Acknowledge({ notice }: { notice: Notice }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [isPending, setPending] = useState(false);
  const run = async () => {
    setPending(true);
    const outcome = await command('command/acknowledge_notice', { notice: notice.no });
    setPending(false);
    if (outcome.kind === 'ok') tell({ tone: 'good', text: t('notices.acknowledged') });
    else tell({ tone: 'error', text: t(`failure.${outcome.kind}.title`) });
    void queries.invalidateQueries({ queryKey: ['notices'] });
    void queries.invalidateQueries({ queryKey: ['duties'] });
  };
  return (
    <Button
      size="small"
      type="primary"
      loading={isPending}
      data-testid="acknowledge"
      onClick={() => void run()}
    >
      {t('notices.acknowledge')}
    </Button>
  );
}

/** Sounds and shows what is new since the page was opened, once for each notice. */
function useAnnounce(open: Notice[] | undefined) {
  const { t } = useTranslation();
  const known = useRef<Set<string>>(undefined);
  useEffect(() => {
    if (!open) return;
    if (!known.current) {
      known.current = new Set(open.map((notice) => notice.no));
      return;
    }
    const fresh = open.filter((notice) => !known.current?.has(notice.no));
    if (fresh.length === 0) return;
    for (const notice of fresh) known.current.add(notice.no);
    chime(fresh.some((notice) => notice.urgent));
    if ('Notification' in window && Notification.permission === 'granted') {
      const first = fresh[0];
      if (first) new Notification(t('app.name'), { body: ruleWords(first), tag: first.no });
    }
  }, [open, t]);
}

function AskBrowser() {
  const { t } = useTranslation();
  const [state, setState] = useState(() => ('Notification' in window ? Notification.permission : 'denied'));
  if (state !== 'default') return null;
  return (
    <button
      type="button"
      className="link-button small"
      onClick={() => void Notification.requestPermission().then(setState)}
    >
      {t('notices.allow_browser')}
    </button>
  );
}
