/**
 * Where one case was: its days as bars, then stop after stop in the order of time with the gaps between them as questions.
 * Entering is one form after the other; what was entered last is the next one's beginning.
 */
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayRun } from '@/api/catalogue';
import { useWhole } from '@/api/queries';
import type { Case, Gap, Stop } from '@/api/rows';
import { useSession } from '@/api/session';
import type { BoardProps } from '@/ui/desk/types';
import { Empty, Failed, failureIn, Loading } from '@/ui/States';
import { ChosenCase } from '../cases';
import { CaseGantt } from './CaseGantt';
import { GapCard } from './GapCard';
import { NewStop } from './NewStop';
import { StaysOf } from './StaysOf';
import { StopCard } from './StopCard';
import { inTime, tally } from './stops';
import { Mark } from '@/ui/Mark';

export function TrajectoryBoard({ selected, select }: BoardProps) {
  return (
    <ChosenCase fromHistory>
      {(row) => <OneCase key={row.id} row={row} selected={selected} select={select} />}
    </ChosenCase>
  );
}

function OneCase({ row, selected, select }: BoardProps & { row: Case }) {
  const { t } = useTranslation();
  const { roles } = useSession();
  const stops = useWhole<Stop>('investigation/stops', { case_id: row.id });
  const gaps = useWhole<Gap>('investigation/gaps', { case_id: row.id, stands: true });
  const [isAdding, setAdding] = useState<'stay' | 'trip'>();
  if (stops.isPending) return <Loading />;
  if (stops.isError && stops.rows.length === 0)
    return <Failed failure={failureIn(stops.error)} retry={() => void stops.refetch()} />;
  const kept = stops.rows.filter((stop) => !stop.withdrawn);
  const count = tally(kept, gaps.rows);
  const last = [...kept].sort((a, b) => a.until.localeCompare(b.until)).at(-1);
  return (
    <div className="trajectory">
      <p className="tally">
        <Mark>{t('trajectory.stops', { n: kept.length })}</Mark>
        <Mark tone={count.openStops > 0 ? 'warning' : 'good'}>
          {t('trajectory.open_stops', { n: count.openStops })}
        </Mark>
        <Mark tone={count.openGaps > 0 ? 'warning' : 'good'}>
          {t('trajectory.open_gaps', { n: count.openGaps })}
        </Mark>
      </p>
      <CaseGantt row={row} stops={kept} gaps={gaps.rows} open={select} />
      {mayRun('investigation/record_stop', roles) && (
        <div className="actions">
          {(['stay', 'trip'] as const).map((kind) => (
            <Button
              key={kind}
              type={kind === 'stay' ? 'primary' : 'default'}
              aria-expanded={isAdding === kind}
              data-testid={`add-${kind}`}
              onClick={() => setAdding(isAdding === kind ? undefined : kind)}
            >
              {t(`trajectory.add_${kind}`)}
            </Button>
          ))}
        </div>
      )}
      {isAdding && (
        <NewStop
          key={`${isAdding} ${String(kept.length)}`}
          caseId={row.id}
          kind={isAdding}
          from={last?.until}
          close={() => setAdding(undefined)}
        />
      )}
      {kept.length === 0 && <Empty title={t('trajectory.none')}>{t('trajectory.none_hint')}</Empty>}
      <ol className="stops">
        {inTime(kept, gaps.rows).map((one) =>
          one.kind === 'stop' ? (
            <StopCard
              key={one.stop.id}
              stop={one.stop}
              isSelected={one.stop.id === selected}
              open={() => select(one.stop.id)}
            />
          ) : (
            <GapCard key={one.gap.id} gap={one.gap} />
          ),
        )}
      </ol>
      {kept.length > 0 && <StaysOf stops={kept} />}
    </div>
  );
}
