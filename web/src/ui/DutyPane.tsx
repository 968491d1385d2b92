/** What this unit owes, to whom, until when: sorted by deadline, counting down on the server's clock. */
import { Link } from '@tanstack/react-router';
import { lazy, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useServerNow } from '@/api/clock';
import { useDuties } from '@/api/queries';
import { useSession } from '@/api/session';
import type { DutyRow } from '@/api/views';
import { desksFor } from '@/app/desks';
import { pick } from '@/app/i18n';
import { UnitName } from '@/fields/UnitName';
import { Countdown, Moment } from './Countdown';
import { restOf, type Urgency } from './countdown';
import { Mark } from './Mark';
import { Empty, Failed, failureIn, Late, Loading } from './States';
import { formatMoment, toInstant } from './time';
import { WhyButton } from './WhyButton';

const WhyDrawer = lazy(() => import('./WhyDrawer'));

export function DutyPane() {
  const { t } = useTranslation();
  const query = useDuties();
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data]);
  const asOf = query.data?.pages[0]?.as_of.at;
  return (
    <>
      <div className="pane-head">
        <h2>{t('duties.title')}</h2>
        {asOf && (
          <span className="quiet small">{t('list.as_of', { at: formatMoment(toInstant(asOf)) })}</span>
        )}
      </div>
      {query.isPending && <Loading />}
      {query.isError && rows.length === 0 && (
        <Failed failure={failureIn(query.error)} retry={() => void query.refetch()} />
      )}
      {query.isError && rows.length > 0 && asOf && (
        <Late asOf={formatMoment(toInstant(asOf))} retry={() => void query.refetch()} />
      )}
      {query.isSuccess && rows.length === 0 && (
        <Empty title={t('duties.none')}>{t('duties.none_hint')}</Empty>
      )}
      {rows.length > 0 && <Tally duties={rows} />}
      {rows.map((duty) => (
        <DutyCard key={duty.no} duty={duty} />
      ))}
      {query.hasNextPage && (
        <button type="button" className="link-button" onClick={() => void query.fetchNextPage()}>
          {t('duties.more')}
        </button>
      )}
    </>
  );
}

function Tally({ duties }: { duties: DutyRow[] }) {
  const { t } = useTranslation();
  const now = useServerNow();
  const count: Record<Urgency, number> = { overdue: 0, soon: 0, calm: 0 };
  for (const duty of duties) count[restOf(toInstant(duty.due_at), now).urgency] += 1;
  return (
    <p className="tally">
      <Mark tone={count.overdue > 0 ? 'error' : 'plain'}>{t('duties.overdue', { n: count.overdue })}</Mark>
      <Mark tone={count.soon > 0 ? 'warning' : 'plain'}>{t('duties.soon', { n: count.soon })}</Mark>
      <Mark>{t('duties.calm', { n: count.calm })}</Mark>
    </p>
  );
}

/** Where on the screens a thing is worked on. */
interface Place {
  desk: string;
  view: string;
}

/** Several desks may show a thing: the first of those at which the reader works. */
const places: Record<string, Place | Place[]> = {
  encounter: { desk: 'hospitals', view: 'all' },
  tube: { desk: 'screening', view: 'all' },
  case: { desk: 'investigation', view: 'cases' },
  contact: [
    { desk: 'investigation', view: 'contacts' },
    { desk: 'cooperation', view: 'police' },
    { desk: 'mine', view: 'contacts' },
  ],
  stay: [
    { desk: 'isolation', view: 'all' },
    { desk: 'mine', view: 'people' },
    { desk: 'transport', view: 'under_way' },
  ],
  stay_test: { desk: 'isolation', view: 'tests' },
  leg: [
    { desk: 'isolation', view: 'legs' },
    { desk: 'transport', view: 'legs' },
  ],
  vehicle: [
    { desk: 'isolation', view: 'vehicles' },
    { desk: 'transport', view: 'vehicles' },
  ],
  quarantine_room: { desk: 'isolation', view: 'rooms' },
  stop: { desk: 'investigation', view: 'trajectory' },
  cluster: { desk: 'investigation', view: 'clusters' },
  class_proposal: { desk: 'investigation', view: 'proposals' },
  exposure_proposal: { desk: 'investigation', view: 'exposures' },
  visit_batch: { desk: 'investigation', view: 'visits' },
  request: { desk: 'cooperation', view: 'in' },
  cooperation_request: { desk: 'cooperation', view: 'in' },
  request_line: { desk: 'cooperation', view: 'to_answer' },
  list: { desk: 'cooperation', view: 'lists' },
  area_list: { desk: 'cooperation', view: 'lists' },
  line: [
    { desk: 'cooperation', view: 'lines' },
    { desk: 'mine', view: 'lines' },
  ],
  list_line: [
    { desk: 'cooperation', view: 'lines' },
    { desk: 'mine', view: 'lines' },
  ],
  transition: { desk: 'isolation', view: 'transitions' },
  cross_exposure: { desk: 'isolation', view: 'cross' },
  conflict: { desk: 'isolation', view: 'conflicts' },
  merge_review: { desk: 'system', view: 'merges' },
  card: { desk: 'reporting', view: 'cards' },
  event_report: { desk: 'reporting', view: 'events' },
  finding: { desk: 'supervision', view: 'findings' },
  unit: { desk: 'hospitals', view: 'rooms' },
  clinic: { desk: 'hospitals', view: 'rooms' },
  shift: { desk: 'command', view: 'shifts' },
  post: { desk: 'command', view: 'shifts' },
};

interface AboutProps {
  kind: string;
  id: string;
  label?: string | undefined;
  /** Instead of the kind and the label. */
  children?: React.ReactNode;
}

export function AboutLink({ kind, id, label, children }: AboutProps) {
  const { t } = useTranslation();
  const session = useSession();
  const mine = desksFor(session);
  const place = [places[kind] ?? []].flat().find((one) => mine.includes(one.desk));
  const words =
    children ??
    (label ? `${t(`about.${kind}`, kind)} ${label}` : `${t(`about.${kind}`, kind)} …${id.slice(-6)}`);
  if (!place) return <span>{words}</span>;
  const selects = !['unit', 'clinic', 'post'].includes(kind);
  return (
    <Link
      to="/d/$desk"
      params={{ desk: place.desk }}
      search={{ view: place.view, part: 'context', ...(selects ? { sel: id } : {}) }}
    >
      {words}
    </Link>
  );
}

export function ruleWords(duty: {
  rule: string;
  rule_name?: { zh: string; en: string } | undefined;
}): string {
  return duty.rule_name ? pick(duty.rule_name) : duty.rule;
}

const closed = ['discharged', 'discharged_late', 'cancelled', 'superseded'];

interface CardProps {
  duty: DutyRow;
  testId?: string;
  /** What else may be done about it, at the foot. */
  children?: React.ReactNode;
}

export function DutyCard({ duty, testId = 'duty-row', children }: CardProps) {
  const { t } = useTranslation();
  const now = useServerNow();
  const isClosed = closed.includes(duty.state);
  const urgency = isClosed ? 'calm' : restOf(toInstant(duty.due_at), now).urgency;
  return (
    <article
      className="duty"
      data-urgency={urgency}
      data-testid={testId}
      data-rule={duty.rule}
      data-state={duty.state}
    >
      <div className="duty-line">
        <h3>{ruleWords(duty)}</h3>
        {isClosed ? (
          <Mark
            tone={
              duty.state === 'discharged' ? 'good' : duty.state === 'discharged_late' ? 'warning' : 'plain'
            }
          >
            {t(`choice.duty_state.${duty.state}`)}
          </Mark>
        ) : (
          <Countdown dueAt={duty.due_at} />
        )}
      </div>
      <div className="duty-line">
        <AboutLink
          kind={duty.about_kind}
          id={duty.about}
          label={duty.about_label && pick(duty.about_label)}
        />
        <WhyButton
          testId="duty-why"
          words={ruleWords(duty)}
          answer={(close) => <WhyDrawer duty={duty} close={close} />}
        />
      </div>
      <div className="duty-line small quiet">
        <span>
          <UnitName id={duty.debtor_unit} /> {t(`choice.role.${duty.debtor_role}`)}
        </span>
        <span>
          {isClosed && duty.met_at ? (
            <>
              {t('duties.met')} <Moment at={duty.met_at} />
            </>
          ) : (
            <>
              {t('duties.due')} <Moment at={duty.due_at} />
            </>
          )}
        </span>
      </div>
      {children}
    </article>
  );
}
