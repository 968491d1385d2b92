/** One's own result: what is typed is sent once, shown nowhere else and not kept. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, outcomeOf } from '@/api/client';
import type { components } from '@/api/generated/schema';
import { readResidentId } from '@/fields/resident_id';
import { civilDay, formatMoment, toInstant } from '@/ui/time';

type Found = components['schemas']['OwnResult'];
type Words = components['schemas']['Words'];
type Said =
  | { kind: 'nothing' | 'asking' | 'none' | 'bad_number' | 'unreachable' }
  | { kind: 'wait'; minutes: number }
  | { kind: 'found'; found: Found };

const documents = [
  'resident_id',
  'residence_permit',
  'hkm_travel_permit',
  'taiwan_travel_permit',
  'passport',
  'foreign_permanent',
] as const;

const tones: Partial<Record<Found['state'], string>> = { negative: 'yes', positive: 'no' };

async function ask(type: string, number: string, code: string): Promise<Said> {
  if (type === 'resident_id' && readResidentId(number, civilDay(Date.now())).kind === 'bad')
    return { kind: 'bad_number' };
  const outcome = await outcomeOf(
    api.POST('/v1/open/result', { body: { document_type: type, document_number: number, code } }),
  );
  if (outcome.kind === 'ok') return { kind: 'found', found: outcome.value };
  if (outcome.kind === 'not_found' || outcome.kind === 'faults') return { kind: 'none' };
  if (outcome.kind === 'busy') return { kind: 'wait', minutes: Math.ceil(outcome.retryAfterS / 60) };
  return { kind: 'unreachable' };
}

export function OwnResult() {
  const { t } = useTranslation();
  const [said, setSaid] = useState<Said>({ kind: 'nothing' });
  const submit = async (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const text = (name: string) => {
      const value = typed.get(name);
      return typeof value === 'string' ? value.trim() : '';
    };
    setSaid({ kind: 'asking' });
    setSaid(await ask(text('type'), text('number').toUpperCase(), text('code').toUpperCase()));
  };
  return (
    <section aria-labelledby="result-title">
      <h2 id="result-title">{t('open.result')}</h2>
      <p className="quiet">{t('open.result_hint')}</p>
      <form className="enter" onSubmit={(event) => void submit(event)} data-testid="own-result">
        <label htmlFor="own-type">{t('open.type')}</label>
        <select id="own-type" name="type" className="field-select">
          {documents.map((type) => (
            <option key={type} value={type}>
              {t(`choice.document_type.${type}`)}
            </option>
          ))}
        </select>
        <label htmlFor="own-number">{t('open.number')}</label>
        <input
          id="own-number"
          name="number"
          className="field-input"
          autoComplete="off"
          maxLength={64}
          required
        />
        <label htmlFor="own-code">{t('open.code')}</label>
        <input
          id="own-code"
          name="code"
          className="field-input mono"
          autoComplete="off"
          autoCapitalize="characters"
          maxLength={64}
          required
        />
        <button type="submit" className="big primary" disabled={said.kind === 'asking'} data-testid="submit">
          {t('open.ask')}
        </button>
      </form>
      <div
        className="band open-said"
        role="status"
        data-testid="said"
        data-said={said.kind === 'found' ? said.found.state : said.kind}
        data-tone={said.kind === 'found' ? (tones[said.found.state] ?? 'idle') : 'idle'}
      >
        <Answer said={said} />
      </div>
    </section>
  );
}

function Answer({ said }: { said: Said }) {
  const { t, i18n } = useTranslation();
  const inWords = (words: Words) => (i18n.language === 'en' ? words.en : words.zh);
  if (said.kind === 'wait') return t('open.said.wait', { minutes: said.minutes });
  if (said.kind !== 'found') return t(`open.said.${said.kind}`);
  const { found } = said;
  return (
    <>
      <p className="open-word">{inWords(found.say)}</p>
      <p className="open-todo">{inWords(found.todo)}</p>
      <dl className="open-facts">
        <dt>{t('open.sampled_at')}</dt>
        <dd>{formatMoment(toInstant(found.sampled_at))}</dd>
        {found.result_at && (
          <>
            <dt>{t('open.result_at')}</dt>
            <dd>{formatMoment(toInstant(found.result_at))}</dd>
          </>
        )}
        {found.laboratory && (
          <>
            <dt>{t('open.laboratory')}</dt>
            <dd>{inWords(found.laboratory)}</dd>
          </>
        )}
      </dl>
    </>
  );
}
