/** The realm and its clock; a training or drill realm's clock can be set and moved forward here. */
import { Button } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow, useServerNow } from '@/api/clock';
import type { Failure } from '@/api/outcome';
import { moveClock, useSession } from '@/api/session';
import { Failed } from '@/ui/States';
import { formatFull, readMoment } from '@/ui/time';
import { Pop } from './Pop';

export function ClockControl({ isLive }: { isLive: boolean }) {
  const { t } = useTranslation();
  const session = useSession();
  const now = useServerNow();
  const face = (
    <>
      <span className="realm" data-realm={session.realm} data-testid="realm">
        {t(`choice.realm.${session.realm}`)}
      </span>
      <time className="clock-time" data-testid="clock">
        {formatFull(now).slice(5)}
      </time>
      {!isLive && <span title={t('clock.not_live')}>⚠</span>}
    </>
  );
  if (session.realm === 'live') return <span className="icon-button">{face}</span>;
  return (
    <Pop label={t('clock.control')} face={face} testId="clock-control">
      {() => <Control />}
    </Pop>
  );
}

const steps = [1, 5, 15, 60, 240];

function Control() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [failure, setFailure] = useState<Failure>();
  const [isPending, setPending] = useState(false);
  const typed = readMoment(text, serverNow());

  const move = async (to: { advance_s: number } | { set: number }) => {
    setPending(true);
    const outcome = await moveClock(to);
    setPending(false);
    setFailure(outcome.kind === 'ok' ? undefined : outcome);
    if (outcome.kind === 'ok') {
      setText('');
      void queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
    }
  };

  return (
    <div className="form" data-testid="clock-box">
      <h2 style={{ fontSize: 15 }}>{t('clock.control')}</h2>
      <p className="small quiet">{t('clock.explain')}</p>
      <p className="small quiet">{t('clock.real', { at: formatFull(Date.now()) })}</p>
      {failure && <Failed failure={failure} />}
      <div className="choices">
        {steps.map((minutes) => (
          <Button
            key={minutes}
            disabled={isPending}
            data-testid={`advance-${String(minutes)}`}
            onClick={() => void move({ advance_s: minutes * 60 })}
          >
            {minutes < 60
              ? t('clock.forward_min', { n: minutes })
              : t('clock.forward_h', { n: minutes / 60 })}
          </Button>
        ))}
      </div>
      <div className="field">
        <label htmlFor="clock-set">{t('clock.set_to')}</label>
        <span className="with-unit">
          <input
            id="clock-set"
            className="field-input"
            inputMode="numeric"
            placeholder="0717 2240"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <Button
            type="primary"
            disabled={typed === undefined || isPending}
            data-testid="clock-set"
            onClick={() => typed !== undefined && void move({ set: typed })}
          >
            {t('clock.set')}
          </Button>
        </span>
        <span className="hint">{typed === undefined ? t('clock.hint') : formatFull(typed)}</span>
      </div>
    </div>
  );
}
