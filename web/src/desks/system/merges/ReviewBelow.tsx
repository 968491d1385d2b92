/** After an un-merge: what was recorded meanwhile, line by line, each given to one of the two with one press. */
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { mayRun } from '@/api/catalogue';
import { usePerson, useWhole } from '@/api/queries';
import type { AssignedRecord, MergeReview } from '@/api/rows';
import { useSession } from '@/api/session';
import type { PersonCard } from '@/api/views';
import { PersonWords } from '@/ui/cells';
import { Moment } from '@/ui/Countdown';
import { useOperation } from '@/ui/form/useOperation';
import { Mark } from '@/ui/Mark';
import { FailureText, Loading } from '@/ui/States';
import { recordsBetween, type Meanwhile } from './records';

const operation = 'people/assign_record';
type Cards = Record<string, PersonCard | undefined>;

export function ReviewBelow({ row }: { row: MergeReview }) {
  const { t } = useTranslation();
  const person = usePerson(row.person);
  const other = usePerson(row.other);
  const assigned = useWhole<AssignedRecord>('people/assigned_records', { review: row.id });
  if (!person.data || !other.data) return <Loading />;
  const records = [
    ...recordsBetween(person.data, row.person, row.since, row.until),
    ...recordsBetween(other.data, row.other, row.since, row.until),
  ];
  const owner = new Map(assigned.rows.map((one) => [one.record, one.person]));
  const left = records.filter((one) => !owner.has(one.id)).length;
  const cards: Cards = { [row.person]: person.data.identity, [row.other]: other.data.identity };
  return (
    <section className="card" aria-label={t('system.meanwhile')} data-testid="meanwhile">
      <h3>{t('system.meanwhile')}</h3>
      <p className="tally">
        <Mark tone={left > 0 ? 'warning' : 'good'}>{t('system.unassigned', { n: left })}</Mark>
      </p>
      <ul className="answer-lines">
        {records.map((record) => (
          <li key={record.id}>
            <div className="duty-line">
              <b>{t(`person.list.${record.kind}`)}</b>
              <Moment at={record.at} />
            </div>
            <div className="duty-line small quiet">
              <span>
                {t('person.under')} <PersonWords card={cards[record.under]} id={record.under} full />
              </span>
            </div>
            <Whose review={row} record={record} owner={owner.get(record.id)} cards={cards} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface WhoseProps {
  review: MergeReview;
  record: Meanwhile;
  owner: string | undefined;
  cards: Cards;
}

function Whose({ review, record, owner, cards }: WhoseProps) {
  const { t } = useTranslation();
  const { roles } = useSession();
  const { run, failure, isPending } = useOperation(operation);
  const mayAssign = review.open && mayRun(operation, roles);
  const give = (person: string) =>
    void run({ review: review.id, record: record.id, kind: record.kind, person });
  return (
    <div className="filters answer-line" role="group" aria-label={t('op.people.assign_record')}>
      {[review.person, review.other].map((person) => (
        <Button
          key={person}
          size="small"
          type={owner === person ? 'primary' : 'default'}
          aria-pressed={owner === person}
          loading={isPending}
          disabled={!mayAssign}
          data-testid="assign"
          onClick={() => give(person)}
        >
          <PersonWords card={cards[person]} id={person} />
        </Button>
      ))}
      {failure && <FailureText failure={failure} />}
    </div>
  );
}
