/** A stretch nobody can account for, as the question it is; answered in words, or left open with the reason. */
import { Button } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayRun } from '@/api/catalogue';
import type { Gap } from '@/api/rows';
import { useSession } from '@/api/session';
import { useOperation } from '@/ui/form/useOperation';
import { Mark } from '@/ui/Mark';
import { FailureText } from '@/ui/States';
import { formatMoment, hour, toInstant } from '@/ui/time';

export function GapCard({ gap }: { gap: Gap }) {
  const { t } = useTranslation();
  const { roles } = useSession();
  const id = useId();
  const [text, setText] = useState('');
  const [isBlank, setBlank] = useState(false);
  const { run, failure, isPending } = useOperation('investigation/answer_gap');
  const [from, until] = [toInstant(gap.from), toInstant(gap.until)];
  const send = (leftOpen: boolean) => {
    setBlank(text.trim() === '');
    if (text.trim() !== '') void run({ gap: gap.id, left_open: leftOpen, answer: text.trim() });
  };
  return (
    <li className="stop" data-gap>
      <span className="stop-time mono small">
        {formatMoment(from)}
        <br />
        {formatMoment(until)}
      </span>
      <form
        className="stop-body"
        onSubmit={(event) => {
          event.preventDefault();
          send(false);
        }}
      >
        <label htmlFor={id}>
          {t('trajectory.gap', { hours: ((until - from) / hour).toFixed(1).replace('.0', '') })}
        </label>
        {gap.answered ? (
          <Mark tone={gap.left_open ? 'warning' : 'good'}>
            {t(gap.left_open ? 'trajectory.gap_left_open' : 'trajectory.gap_answered')}
          </Mark>
        ) : mayRun('investigation/answer_gap', roles) ? (
          <>
            <input
              id={id}
              className="field-input"
              autoComplete="off"
              aria-invalid={isBlank || undefined}
              data-testid="gap-answer"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
            {isBlank && <span className="wrong">{t('form.fault.required')}</span>}
            {failure && <FailureText failure={failure} />}
            <span className="actions">
              <Button size="small" type="primary" htmlType="submit" loading={isPending}>
                {t('trajectory.answer')}
              </Button>
              <Button size="small" onClick={() => send(true)}>
                {t('trajectory.leave_open')}
              </Button>
            </span>
          </>
        ) : (
          <Mark tone="warning">{t('trajectory.gap_open')}</Mark>
        )}
      </form>
    </li>
  );
}
