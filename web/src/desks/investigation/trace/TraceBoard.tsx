/**
 * Who was where together with one case, whom those met in turn, and who could have infected it: proposals of the index of
 * visits, each with its evidence. An investigator names; nobody becomes a contact by being listed here.
 */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTrace, useWhole } from '@/api/queries';
import type { Case, Contact } from '@/api/rows';
import type { Trace } from '@/api/views';
import { Mark } from '@/ui/Mark';
import { Empty, Failed, failureIn, Late, Loading } from '@/ui/States';
import { formatMoment, toInstant } from '@/ui/time';
import { ChosenCase } from '../cases';
import { MetCard, type Known } from './MetCard';
import { atLeast, overlapChoices, rings, type Ring } from './trace';

const most = 50; // rows at once; more on asking

export function TraceBoard() {
  return <ChosenCase>{(row, cases) => <OneTrace key={row.id} row={row} cases={cases} />}</ChosenCase>;
}

function OneTrace({ row, cases }: { row: Case; cases: Case[] }) {
  const { t } = useTranslation();
  const query = useTrace(row.id);
  const contacts = useWhole<Contact>('investigation/contacts', { case_id: row.id });
  const retry = () => void query.refetch();
  if (query.isPending) return <Loading />;
  if (!query.data) return <Failed failure={failureIn(query.error)} retry={retry} />;
  const trace = query.data;
  const known: Known = {
    row,
    contacts: new Map(contacts.rows.map((one) => [one.person, one])),
    cases: new Map(cases.map((one) => [one.person, one])),
    persons: trace.persons,
  };
  return (
    <div className="trajectory" data-testid="trace">
      {query.isError && <Late asOf={formatMoment(toInstant(trace.as_of.at))} retry={retry} />}
      {!trace.whole && (
        <div className="banner late" role="status" data-testid="trace-behind">
          {t('trace.behind')}{' '}
          <button type="button" className="link-button" onClick={retry}>
            {t('action.retry')}
          </button>
        </div>
      )}
      <p className="quiet small">
        {t('trace.window', {
          from: formatMoment(toInstant(trace.window_from)),
          until: formatMoment(toInstant(trace.window_until)),
          least: trace.min_overlap_min,
          visits: trace.visits,
        })}
      </p>
      {trace.known ? (
        <Rings trace={trace} known={known} />
      ) : (
        <Empty title={t('trace.unknown')}>{t('trace.unknown_hint')}</Empty>
      )}
    </div>
  );
}

function Rings({ trace, known }: { trace: Trace; known: Known }) {
  const { t } = useTranslation();
  const [ring, setRing] = useState<Ring>('ring1');
  const [least, setLeast] = useState(trace.min_overlap_min);
  const [count, setCount] = useState(most);
  const shown = atLeast(trace, ring, least);
  const listed = shown.rows.slice(0, count);
  return (
    <>
      <div className="filters" role="group" aria-label={t('trace.rings')}>
        {rings.map((one) => {
          const { total, orMore } = atLeast(trace, one, least);
          return (
            <button
              key={one}
              type="button"
              className="toggle"
              aria-pressed={ring === one}
              data-testid={`trace-${one}`}
              onClick={() => {
                setRing(one);
                setCount(most);
              }}
            >
              <Mark tone={ring === one ? 'info' : 'plain'}>
                {t(`trace.ring.${one}`)} {total}
                {orMore && '+'}
              </Mark>
            </button>
          );
        })}
        <label>
          <span className="quiet">{t('trace.least')} </span>
          <select
            className="field-select"
            value={least}
            data-testid="trace-least"
            onChange={(event) => setLeast(Number(event.target.value))}
          >
            {overlapChoices(trace.min_overlap_min).map((minutes) => (
              <option key={minutes} value={minutes}>
                {t('trace.minutes', { n: minutes })}
              </option>
            ))}
          </select>
        </label>
      </div>
      <p className="quiet small">{t(`trace.hint.${ring}`)}</p>
      {listed.length === 0 && <Empty title={t(`trace.none.${ring}`)} />}
      <ol className="stops" data-testid="trace-rows">
        {listed.map((met) => (
          <MetCard key={met.person} met={met} ring={ring} known={known} />
        ))}
      </ol>
      {shown.rows.length > listed.length && (
        <button type="button" className="link-button" onClick={() => setCount(count + most)}>
          {t('trace.more', { n: shown.rows.length - listed.length })}
        </button>
      )}
      {shown.total > shown.rows.length && listed.length === shown.rows.length && (
        <p className="quiet small">{t('trace.cut', { n: shown.rows.length, total: shown.total })}</p>
      )}
    </>
  );
}
