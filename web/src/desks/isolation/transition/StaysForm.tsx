/** Goes through everybody under a measure whom an order may concern, a thousand at a time; stopped by a "no", it can go on. */
import { Button } from 'antd';
import { useMemo, useState, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { useWhole } from '@/api/queries';
import type { Stay, TransitionOrder } from '@/api/rows';
import type { ActionFormProps } from '@/ui/desk/types';
import { useOperation } from '@/ui/form/useOperation';
import { Failed, failureIn, FailureText, Loading } from '@/ui/States';
import { portions } from './transition';

const openStates = 'ordered,in_transfer,observing,out_closed_loop,absconded,home_phase';

export function StaysForm(operation: string): ComponentType<ActionFormProps<TransitionOrder>> {
  return function Form(props: ActionFormProps<TransitionOrder>) {
    return <Run operation={operation} {...props} />;
  };
}

function Run({ operation, row, onDone, onCancel }: ActionFormProps<TransitionOrder> & { operation: string }) {
  const { t } = useTranslation();
  const stays = useWhole<Stay>('isolation/stays', {
    state: openStates,
    class: (row.classes ?? []).join(','),
  });
  const parts = useMemo(() => portions(stays.rows, row), [stays.rows, row]);
  const [done, setDone] = useState(0);
  const { run, failure, isPending } = useOperation(operation);
  const total = parts.flat().length;
  if (stays.isError) return <Failed failure={failureIn(stays.error)} retry={() => void stays.refetch()} />;
  if (!stays.isWhole) return <Loading />;
  const go = async (event: React.FormEvent) => {
    event.preventDefault();
    for (const part of parts.slice(done)) {
      if (!(await run({ transition: row.id, stays: part }))) return;
      setDone((before) => before + 1);
    }
    onDone();
  };
  return (
    <form className="form" onSubmit={(event) => void go(event)} data-testid={`form-${operation}`}>
      {failure && (
        <div className="summary" role="alert">
          <FailureText failure={failure} />
        </div>
      )}
      <p role="status">
        {t(total === 0 ? 'isolation.nobody_concerned' : 'isolation.to_go_through', { n: total })}
      </p>
      {parts.length > 1 && (
        <p className="quiet small">
          {t('isolation.progress', { n: parts.slice(0, done).flat().length, of: total })}
        </p>
      )}
      <div className="form-actions">
        <Button
          type="primary"
          htmlType="submit"
          loading={isPending}
          disabled={total === 0}
          data-testid="submit"
        >
          {t(`op.${operation.replace('/', '.')}`)}
        </Button>
        <Button onClick={onCancel}>{t('action.cancel')}</Button>
      </div>
    </form>
  );
}
