/** Who is held with a positive or grey pool, until when the single is owed, and whose is under way. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '@/api/client';
import { useWhole, type Page } from '@/api/queries';
import type { Tube } from '@/api/rows';
import type { DutyRow } from '@/api/views';
import { ChoiceMark, PersonWords } from '@/ui/cells';
import { Countdown, Moment } from '@/ui/Countdown';
import type { BoardProps } from '@/ui/desk/types';
import { Mark } from '@/ui/Mark';
import { Empty, Failed, failureIn, Loading } from '@/ui/States';
import { resultTones } from './columns';
import { askedFor, askFor, heldIn, holdRules, type Held } from './holds';

const clocks = { scope: 'jurisdiction', rule: holdRules.join(','), state: 'open,due_soon,overdue' };

/** The clocks of the holds, of this post or of the whole jurisdiction: all that run. */
function useClocks() {
  return useQuery({
    queryKey: ['duties', 'holds'],
    queryFn: async ({ signal }) => {
      const rows: DutyRow[] = [];
      for (let after: string | undefined = ''; after !== undefined;) {
        const page: Page<DutyRow> = await ask('/v1/duties', { ...clocks, limit: 500, after }, signal);
        rows.push(...page.rows);
        after = page.next || undefined;
      }
      return rows;
    },
  });
}

export function HoldsBoard({ selected, select }: BoardProps) {
  const { t } = useTranslation();
  const pools = useWhole<Tube>('screening/tubes', { awaits: 'singles' });
  const due = useClocks();
  if (pools.isPending || due.isPending) return <Loading />;
  if (pools.isError) return <Failed failure={failureIn(pools.error)} retry={() => void pools.refetch()} />;
  const held = heldIn(pools.rows, due.data ?? []);
  if (held.length === 0) return <Empty title={t('screening.empty.holds')}>{t('screening.holds_hint')}</Empty>;
  return (
    <>
      <p className="filters quiet small">{t('screening.holds_note')}</p>
      <table className="list" data-testid="holds">
        <caption className="only-read">{t('screening.view.holds')}</caption>
        <thead>
          <tr>
            {['person', 'pool', 'result', 'since', 'single'].map((head) => (
              <th key={head} scope="col">
                {t(`screening.hold.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {held.map((one) => (
            <HeldLine
              key={`${one.pool.id}${one.person}`}
              one={one}
              words={<PersonWords card={pools.persons[one.person]} id={one.person} />}
              isSelected={selected === one.pool.id && askedFor() === one.person}
              open={() => {
                askFor(one.person);
                select(one.pool.id);
              }}
            />
          ))}
        </tbody>
      </table>
    </>
  );
}

interface LineProps {
  one: Held;
  words: React.ReactNode;
  isSelected: boolean;
  open: () => void;
}

function HeldLine({ one, words, isSelected, open }: LineProps) {
  const { t } = useTranslation();
  const { pool } = one;
  return (
    <tr data-row={one.person} data-selected={isSelected} onClick={open}>
      <td data-head={t('screening.hold.person')}>
        <button type="button" className="row-open" aria-current={isSelected ? 'true' : undefined}>
          {words}
        </button>
      </td>
      <td data-head={t('screening.hold.pool')}>
        <span className="mono">{pool.code}</span>
      </td>
      <td data-head={t('screening.hold.result')}>
        {pool.result && <ChoiceMark set="result" value={pool.result} tones={resultTones} />}
      </td>
      <td data-head={t('screening.hold.since')}>
        <Moment at={pool.amended_at ?? pool.authorised_at} />
      </td>
      <td data-head={t('screening.hold.single')} data-testid="hold-single">
        {one.resampled ? (
          <Mark tone="info">{t('screening.hold.under_way')}</Mark>
        ) : one.dueAt ? (
          <Countdown dueAt={one.dueAt} />
        ) : (
          t('screening.hold.owed')
        )}
      </td>
    </tr>
  );
}
