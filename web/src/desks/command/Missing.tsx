/** What is missing now: the overdue clocks of this level, whoever owes them, to chase by telephone. */
import { useTranslation } from 'react-i18next';
import { useServerNow } from '@/api/clock';
import { useClockBoard } from '@/api/queries';
import { Empty, Failed, failureIn, Loading } from '@/ui/States';
import { toInstant } from '@/ui/time';
import { OwedDuty } from './OwedDuty';

export function Missing() {
  const { t } = useTranslation();
  const now = useServerNow();
  const query = useClockBoard();
  if (query.isPending) return <Loading />;
  if (query.isError) return <Failed failure={failureIn(query.error)} retry={() => void query.refetch()} />;
  const overdue = query.data.rows.filter((duty) => toInstant(duty.due_at) < now);
  if (overdue.length === 0) return <Empty title={t('command.empty.missing')} />;
  return (
    <div className="board" style={{ padding: 12 }} data-testid="missing">
      {overdue.map((duty) => (
        <OwedDuty key={duty.no} duty={duty} testId="missing-row" />
      ))}
    </div>
  );
}
