import { Button } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '@/api/outcome';
import { forgetAll, sessionKey, signIn } from '@/api/session';
import { RefusalLines } from '@/ui/Refusals';
import { LanguageSwitch } from './LanguageSwitch';

export function SignIn() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [failure, setFailure] = useState<Failure>();
  const [isPending, setPending] = useState(false);
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (failure) summary.current?.focus();
  }, [failure]);

  const submit = async (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    setPending(true);
    const outcome = await signIn(String(typed.get('user')).trim(), String(typed.get('password')));
    setPending(false);
    if (outcome.kind === 'ok') {
      forgetAll(queries);
      queries.setQueryData(sessionKey, outcome.value);
    } else setFailure(outcome);
  };

  return (
    <main className="sign-in" id="work">
      <div className="sign-in-box">
        <h1>
          <img src="/icon.svg" alt="" />
          {t('app.name')}
        </h1>
        <p className="quiet" style={{ marginBottom: 16 }}>
          {t('app.purpose')}
        </p>
        <form className="form" onSubmit={(event) => void submit(event)} data-testid="sign-in">
          {failure && (
            <div className="summary" role="alert" tabIndex={-1} ref={summary} data-testid="sign-in-failed">
              <h3>{t(titleOf(failure))}</h3>
              {'refusals' in failure && failure.refusals.length > 0 ? (
                <RefusalLines refusals={failure.refusals} />
              ) : (
                <p>
                  {t(failure.kind === 'signed_out' ? 'sign_in.wrong_next' : `failure.${failure.kind}.next`)}
                </p>
              )}
            </div>
          )}
          <div className="field">
            <label htmlFor="user">{t('sign_in.user')}</label>
            <input
              id="user"
              name="user"
              className="field-input"
              autoComplete="username"
              autoCapitalize="none"
              required
              autoFocus
            />
          </div>
          <div className="field">
            <label htmlFor="password">{t('sign_in.password')}</label>
            <input
              id="password"
              name="password"
              type="password"
              className="field-input"
              autoComplete="current-password"
              required
            />
          </div>
          <Button type="primary" htmlType="submit" loading={isPending} data-testid="submit">
            {t('sign_in.enter')}
          </Button>
        </form>
        <p style={{ marginTop: 16 }}>
          <LanguageSwitch />
        </p>
      </div>
    </main>
  );
}

function titleOf(failure: Failure): string {
  if (failure.kind === 'signed_out') return 'sign_in.wrong';
  return failure.kind === 'busy' ? 'sign_in.not_now' : `failure.${failure.kind}.title`;
}
