/**
 * One card a person, the most urgent first. What is done at the door is on the card itself: type the temperature and record,
 * or press that nobody was met. Everything rarer is one press further, on the person's sheet.
 */
import { Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useWhole } from '@/api/queries';
import type { Stay } from '@/api/rows';
import { useServerNow } from '@/api/clock';
import { stayTones } from '@/desks/isolation/columns';
import { ChoiceMark, PersonWords } from '@/ui/cells';
import { Countdown } from '@/ui/Countdown';
import type { BoardProps } from '@/ui/desk/types';
import { useDeskSearch } from '@/ui/desk/DeskFrame';
import { Mark } from '@/ui/Mark';
import { Empty, Failed, failureIn, Late, Loading } from '@/ui/States';
import { formatMoment, toInstant } from '@/ui/time';
import { DoorCheck } from './DoorCheck';
import { inOrder } from './order';

export function PeopleBoard({ selected, select }: BoardProps) {
  const { t } = useTranslation();
  const query = useWhole<Stay>('isolation/stays', { state: 'observing,home_phase,ordered,absconded' });
  const rows = useMemo(() => inOrder(query.rows), [query.rows]);
  const now = useServerNow();
  const retry = () => void query.refetch();
  if (query.isPending) return <Loading />;
  if (query.isError && rows.length === 0) return <Failed failure={failureIn(query.error)} retry={retry} />;
  if (rows.length === 0) return <Empty title={t('mine.empty.people')}>{t('mine.empty.people_hint')}</Empty>;
  const owed = rows.filter((row) => row.next_check && toInstant(row.next_check) <= now).length;
  return (
    <>
      {query.isError && query.asOf && <Late asOf={formatMoment(toInstant(query.asOf))} retry={retry} />}
      <p className="filters tally">
        <Mark>{t('mine.people', { n: rows.length })}</Mark>
        <Mark tone={owed > 0 ? 'error' : 'good'}>{t('mine.owed', { n: owed })}</Mark>
      </p>
      <ul className="people">
        {rows.map((row) => (
          <li key={row.id} className="person-card" data-selected={row.id === selected}>
            <PersonHead row={row} persons={query.persons} open={() => select(row.id)} />
            <DoorActions row={row} />
          </li>
        ))}
      </ul>
    </>
  );
}

interface HeadProps {
  row: Stay;
  persons: ReturnType<typeof useWhole<Stay>>['persons'];
  open: () => void;
}

function PersonHead({ row, persons, open }: HeadProps) {
  const { t } = useTranslation();
  return (
    <>
      <div className="duty-line">
        <button type="button" className="row-open" data-testid="my-person" onClick={open}>
          <PersonWords card={persons[row.person]} id={row.person} />
        </button>
        <ChoiceMark set="stay_state" value={row.state} tones={stayTones} />
      </div>
      <div className="duty-line small quiet">
        <span>
          {t(`choice.regime.${row.regime}`)} · {t(`choice.class.${row.class}`)}
        </span>
        <span>{t('isolation.until', { at: formatMoment(toInstant(row.home_until ?? row.ends_at)) })}</span>
      </div>
      {row.next_check && row.state !== 'absconded' && (
        <div className="duty-line">
          <span>{t('field.next_check')}</span>
          <Countdown dueAt={row.next_check} />
        </div>
      )}
    </>
  );
}

/** What is done with this person at the door now. */
function DoorActions({ row }: { row: Stay }) {
  const { t } = useTranslation();
  const { change } = useDeskSearch();
  const open = (op: string) => change({ sel: row.id, op, part: 'context' });
  if (row.state === 'ordered' && row.regime !== 'central')
    return (
      <div className="actions">
        <Button type="primary" onClick={() => open('isolation.settle_at_home')}>
          {t('op.isolation.settle_at_home')}
        </Button>
      </div>
    );
  if (row.state === 'absconded')
    return (
      <div className="actions">
        <Button type="primary" onClick={() => open('isolation.record_located')}>
          {t('op.isolation.record_located')}
        </Button>
      </div>
    );
  if (row.state === 'ordered') return null;
  return (
    <>
      <DoorCheck stay={row.id} more={() => open('isolation.record_check')} />
      <div className="actions">
        <Button danger data-testid="not-found" onClick={() => open('isolation.report_left_control')}>
          {t('mine.not_found')}
        </Button>
      </div>
    </>
  );
}
