/** The clock board: every open clock of this level, soonest first, and the equation that must balance. */
import { useTranslation } from 'react-i18next';
import { useClockBoard } from '@/api/queries';
import type { BoardProps } from '@/ui/desk/types';
import { Mark } from '@/ui/Mark';
import { Empty, Failed, failureIn, Loading } from '@/ui/States';
import { formatMoment, toInstant } from '@/ui/time';
import { OwedDuty } from './OwedDuty';

const parts = ['discharged', 'late', 'open', 'cancelled', 'superseded'] as const;

export function ClockBoardView(_props: BoardProps) {
  const { t } = useTranslation();
  const query = useClockBoard();
  if (query.isPending) return <Loading />;
  if (query.isError) return <Failed failure={failureIn(query.error)} retry={() => void query.refetch()} />;
  const { totals, rows, as_of: asOf } = query.data;
  const sum = parts.reduce((total, part) => total + totals[part], 0);
  return (
    <div style={{ padding: 12 }} data-testid="clock-board">
      <div className="tiles">
        {(['opened', ...parts] as const).map((part) => (
          <div key={part} className="tile" data-testid={`total-${part}`}>
            <b>{totals[part]}</b>
            {t(`command.total.${part}`)}
          </div>
        ))}
      </div>
      <p className="tally" style={{ marginTop: 8 }}>
        <Mark tone={sum === totals.opened ? 'good' : 'error'}>
          {t(sum === totals.opened ? 'command.balances' : 'command.does_not_balance')}
        </Mark>
        {asOf && (
          <span className="quiet small">{t('list.as_of', { at: formatMoment(toInstant(asOf.at)) })}</span>
        )}
      </p>
      {rows.length === 0 ? (
        <Empty title={t('command.empty.clocks')} />
      ) : (
        <div className="board">
          {rows.map((duty) => (
            <OwedDuty key={duty.no} duty={duty} testId="clock-row" />
          ))}
        </div>
      )}
    </div>
  );
}
