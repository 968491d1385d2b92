/** Whom a request is about and what became of each; the receiver answers in the line itself. */
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayRun, operationMeta } from '@/api/catalogue';
import { useWhole } from '@/api/queries';
import type { CooperationRequest, RequestLine } from '@/api/rows';
import { useSession } from '@/api/session';
import { ChoiceMark, PersonWords } from '@/ui/cells';
import { useOperation } from '@/ui/form/useOperation';
import { FailureText } from '@/ui/States';
import { Mark } from '@/ui/Mark';

export function RequestBelow({ row }: { row: CooperationRequest }) {
  const { t } = useTranslation();
  const session = useSession();
  const query = useWhole<RequestLine>('investigation/request_lines', { request: row.id });
  if (query.rows.length === 0) return null;
  const mayAnswer =
    row.state === 'accepted' &&
    row.receiver === session.unit.id &&
    mayRun('investigation/answer_request_line', session.roles);
  return (
    <section className="card" aria-label={t('cooperation.people')}>
      <h3>{t('cooperation.people')}</h3>
      <p className="tally">
        <Mark tone={row.answered < row.lines ? 'warning' : 'good'}>
          {t('cooperation.answered', { n: row.answered, of: row.lines })}
        </Mark>
      </p>
      <ul className="answer-lines">
        {query.rows.map((line) => (
          <li key={line.id}>
            <div className="duty-line">
              <b>
                {line.person ? (
                  <PersonWords card={query.persons[line.person]} id={line.person} />
                ) : (
                  t('cooperation.a_place')
                )}
              </b>
              <span>{t(`choice.task.${line.task}`)}</span>
            </div>
            {line.outcome ? (
              <ChoiceMark
                set="outcome"
                value={line.outcome}
                tones={{ untraced: 'error', in_control: 'good' }}
              />
            ) : mayAnswer ? (
              <AnswerLine line={line} />
            ) : (
              <Mark tone="warning">{t('cooperation.no_outcome')}</Mark>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function AnswerLine({ line }: { line: RequestLine }) {
  const { t } = useTranslation();
  const { run, failure, isPending } = useOperation('investigation/answer_request_line');
  const outcomes =
    operationMeta('investigation/answer_request_line').fields.find((field) => field.name === 'outcome')
      ?.choices ?? [];
  const [outcome, setOutcome] = useState('');
  const [note, setNote] = useState('');
  const send = (event: React.FormEvent) => {
    event.preventDefault();
    if (outcome) void run({ line: line.id, outcome, ...(note.trim() ? { note: note.trim() } : {}) });
  };
  return (
    <form className="filters answer-line" onSubmit={send} data-testid="answer-line">
      <select
        className="field-select"
        aria-label={t('field.outcome')}
        value={outcome}
        onChange={(event) => setOutcome(event.target.value)}
      >
        <option value="">{t('form.choose')}</option>
        {outcomes.map((one) => (
          <option key={one} value={one}>
            {t(`choice.outcome.${one}`)}
          </option>
        ))}
      </select>
      <input
        className="field-input"
        aria-label={t('field.note')}
        placeholder={t('field.note')}
        autoComplete="off"
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <Button htmlType="submit" type="primary" size="small" loading={isPending} disabled={!outcome}>
        {t('cooperation.answer')}
      </Button>
      {failure && <FailureText failure={failure} />}
    </form>
  );
}
