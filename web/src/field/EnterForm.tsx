/** Signing in at a post: begins the shift, or gives an unfinished one its sender back. Needs the network once. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '@/api/outcome';
import { enter, leave } from './enter';
import { pickWords } from './pick';
import { beginShift, type Shift } from './kit';
import { LanguageButton } from './LanguageButton';

interface Props {
  /** The shift whose session ended: only its own author may go on with it. */
  again?: Shift;
  onEntered: (shift: Shift) => void;
}

export function EnterForm({ again, onEntered }: Props) {
  const { t } = useTranslation();
  const [failure, setFailure] = useState<Failure | 'another'>();
  const [isPending, setPending] = useState(false);
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (failure) summary.current?.focus();
  }, [failure]);

  const submit = async (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    setPending(true);
    const outcome = await enter(String(typed.get('user')).trim(), String(typed.get('password')));
    setPending(false);
    if (outcome.kind !== 'ok') return setFailure(outcome);
    if (again && outcome.value.account !== again.session.account) {
      await leave();
      return setFailure('another');
    }
    onEntered(await beginShift(outcome.value));
  };

  const form = (
    <form className="enter" onSubmit={(event) => void submit(event)} data-testid="sign-in">
      {failure && (
        <div className="summary" role="alert" tabIndex={-1} ref={summary} data-testid="sign-in-failed">
          <Why failure={failure} name={again?.session.person_name ?? ''} />
        </div>
      )}
      <label htmlFor="user">{t('sign_in.user')}</label>
      <input
        id="user"
        name="user"
        className="field-input"
        autoComplete="username"
        autoCapitalize="none"
        required
      />
      <label htmlFor="password">{t('sign_in.password')}</label>
      <input
        id="password"
        name="password"
        type="password"
        className="field-input"
        autoComplete="current-password"
        required
      />
      <button type="submit" className="big primary" disabled={isPending} data-testid="submit">
        {t('sign_in.enter')}
      </button>
    </form>
  );
  if (again)
    return (
      <section className="notice" aria-labelledby="again-title" data-testid="sign-in-again">
        <h2 id="again-title">{t('site.again.title')}</h2>
        <p>{t('site.again.next', { name: again.session.person_name })}</p>
        {form}
      </section>
    );
  return (
    <main className="sign-in" id="work">
      <div className="sign-in-box">
        <h1>
          <img src="/icon.svg" alt="" />
          {t('site.title')}
        </h1>
        <p className="quiet">{t('site.enter')}</p>
        {form}
        <p>
          <LanguageButton />
        </p>
      </div>
    </main>
  );
}

function Why({ failure, name }: { failure: Failure | 'another'; name: string }) {
  const { t } = useTranslation();
  if (failure === 'another')
    return (
      <>
        <h3>{t('site.another.title')}</h3>
        <p>{t('site.another.next', { name })}</p>
      </>
    );
  const said = 'refusals' in failure ? failure.refusals[0] : undefined;
  const title =
    failure.kind === 'signed_out'
      ? 'sign_in.wrong'
      : failure.kind === 'busy'
        ? 'sign_in.not_now'
        : `failure.${failure.kind}.title`;
  return (
    <>
      <h3>{t(title)}</h3>
      <p>
        {said
          ? pickWords(said)
          : t(failure.kind === 'signed_out' ? 'sign_in.wrong_next' : `failure.${failure.kind}.next`)}
      </p>
    </>
  );
}
