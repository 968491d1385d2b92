/** The gate of who is signed in: closed, open without me, or at work; and the totals of the shift. */
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { joinPages, useList, useOne } from '@/api/queries';
import type { Gate, GateShift } from '@/api/rows';
import { useSession } from '@/api/session';
import { UnitName } from '@/fields/UnitName';
import type { BoardProps } from '@/ui/desk/types';
import { useOperation } from '@/ui/form/useOperation';
import { Mark, type Tone } from '@/ui/Mark';
import { Empty, Failed, FailureText, failureIn, Loading } from '@/ui/States';
import { CheckDesk } from './CheckDesk';

const counts = ['passed', 'second_check', 'red_channel', 'fever_clinic', 'emergency', 'checked'] as const;
const tones: Record<(typeof counts)[number], Tone> = {
  passed: 'good',
  second_check: 'warning',
  red_channel: 'error',
  fever_clinic: 'error',
  emergency: 'info',
  checked: 'plain',
};

export function GateBoard(_: BoardProps) {
  const { t } = useTranslation();
  const session = useSession();
  const query = useOne<Gate>('gates/gates', session.unit.id);
  const gate = query.data?.row;
  if (query.isPending) return <Loading />;
  const failure = query.isError ? failureIn(query.error) : undefined;
  if (failure && failure.kind !== 'not_found')
    return <Failed failure={failure} retry={() => void query.refetch()} />;
  if (!gate?.open) return <Empty title={t('gates.closed')}>{t('gates.closed_next')}</Empty>;
  const isThere = (gate.keepers ?? []).includes(session.account);
  return (
    <>
      <GateHead gate={gate} isThere={isThere} />
      {isThere ? (
        <CheckDesk gate={gate.id} />
      ) : (
        <Empty title={t('gates.not_there')}>{t('gates.not_there_next')}</Empty>
      )}
    </>
  );
}

function GateHead({ gate, isThere }: { gate: Gate; isThere: boolean }) {
  const { t } = useTranslation();
  const session = useSession();
  const { run, failure, isPending } = useOperation(isThere ? 'gates/leave_gate' : 'gates/join_gate');
  return (
    <div className="filters tally">
      <b>
        <UnitName id={gate.id} />
      </b>
      {!gate.leader && <Mark tone="warning">{t('gates.no_leader')}</Mark>}
      {gate.shift && <Totals gate={gate.id} shift={gate.shift} />}
      <span className="grow" />
      {session.roles.includes('GK') && (
        <Button loading={isPending} data-testid="gate-post" onClick={() => void run({ gate: gate.id })}>
          {t(isThere ? 'op.gates.leave_gate' : 'op.gates.join_gate')}
        </Button>
      )}
      {failure && <FailureText failure={failure} />}
    </div>
  );
}

function Totals({ gate, shift }: { gate: string; shift: string }) {
  const { t } = useTranslation();
  const query = useList<GateShift>('gates/shifts', { gate }, true, 5);
  const row = joinPages(query.data?.pages ?? []).rows.find((one) => one.id === shift);
  if (!row) return null;
  return (
    <span data-testid="gate-totals" data-records={row.records}>
      {t('field.records')} {row.records}
      {counts
        .filter((one) => row[one] > 0)
        .map((one) => (
          <Mark key={one} tone={tones[one]}>
            {t(`choice.outcome.${one}`)} {row[one]}
          </Mark>
        ))}
    </span>
  );
}
