/** Transition orders on top; below, what the chosen one does and to whom. */
import { useTranslation } from 'react-i18next';
import { useOne } from '@/api/queries';
import type { TransitionOrder } from '@/api/rows';
import { DataList } from '@/ui/DataList';
import type { BoardProps } from '@/ui/desk/types';
import { Changes } from './Changes';
import { orderColumns } from './columns';

const path = 'isolation/transition_orders';

export function TransitionBoard({ selected, select }: BoardProps) {
  const { t } = useTranslation();
  return (
    <>
      <DataList<TransitionOrder>
        path={path}
        columns={orderColumns}
        rowKey={(row) => row.id}
        selected={selected}
        onSelect={(row) => select(row.id)}
        caption={t('isolation.view.transitions')}
        emptyTitle={t('isolation.empty.transitions')}
        emptyHint={t('isolation.transitions_hint')}
      />
      {selected && <Chosen key={selected} id={selected} />}
    </>
  );
}

function Chosen({ id }: { id: string }) {
  const order = useOne<TransitionOrder>(path, id);
  return order.data ? <Changes order={order.data.row} /> : null;
}
