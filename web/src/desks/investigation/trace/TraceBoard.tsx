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
import { mostListed, overlapChoices, pageSize, rings, type Ring } from './trace';

export function TraceBoard() {
  return <ChosenCase>{(row, cases) => <OneTrace key={row.id} row={row} cases={cases} />}</ChosenCase>;
}

function OneTrace({ row, cases }: { row: Case; cases: Case[] }) {
  const { t } = useTranslation();
  const [page, setPage] = useState<Page>({ ring: 'ring1', limit: pageSize });
  const query = useTrace(row.id, page);
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
        <Rings trace={trace} known={known} page={page} setPage={setPage} />
      ) : (
        <Empty title={t('trace.unknown')}>{t('trace.unknown_hint')}</Empty>
      )}
    </div>
  );
}

interface Page {
  ring: Ring;
  /** Minutes together at least once; the rulebook's when nobody chose. */
  least?: number;
  limit: number;
}

interface RingsProps {
  trace: Trace;
  known: Known;
  page: Page;
  setPage: (page: Page) => void;
}

function Rings({ trace, known, page, setPage }: RingsProps) {
  const { t } = useTranslation();
  const { ring } = page;
  const { rows, total } = trace[ring] ?? { rows: [], total: 0 };
  return (
    <>
      <div className="filters" role="group" aria-label={t('trace.rings')}>
        {rings.map((one) => (
          <button
            key={one}
            type="button"
            className="toggle"
            aria-pressed={ring === one}
            data-testid={`trace-${one}`}
            onClick={() => setPage({ ...page, ring: one, limit: pageSize })}
          >
            <Mark tone={ring === one ? 'info' : 'plain'}>
              {t(`trace.ring.${one}`)} {trace[one]?.total ?? 0}
            </Mark>
          </button>
        ))}
        <label>
          <span className="quiet">{t('trace.least')} </span>
          <select
            className="field-select"
            value={page.least ?? trace.min_overlap_min}
            data-testid="trace-least"
            onChange={(event) => setPage({ ring, least: Number(event.target.value), limit: pageSize })}
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
      {total === 0 && <Empty title={t(`trace.none.${ring}`)} />}
      <ol className="stops" data-testid="trace-rows">
        {rows.map((met) => (
          <MetCard key={met.person} met={met} ring={ring} known={known} />
        ))}
      </ol>
      {total > rows.length && rows.length < mostListed && (
        <button
          type="button"
          className="link-button"
          data-testid="trace-more"
          onClick={() => setPage({ ...page, limit: Math.min(mostListed, page.limit + pageSize) })}
        >
          {t('trace.more', { n: total - rows.length })}
        </button>
      )}
      {total > rows.length && rows.length >= mostListed && (
        <p className="quiet small">{t('trace.cut', { n: rows.length, total })}</p>
      )}
    </>
  );
}
