/** What a device recorded offline and a guard did not let through, and what one desk refused from another: to be settled. */
import { useTranslation } from 'react-i18next';
import type { Dispute } from '@/api/rows';
import { accountColumn, momentColumn, unitColumn, yesColumn } from '@/ui/cells';
import type { Column } from '@/ui/DataList';

function OperationWord({ operation }: { operation: string }) {
  const { t } = useTranslation();
  // what one desk hands to another by itself has no button, and so no word of its own
  return <>{t(`op.${operation}`, { defaultValue: t('command.handed_over') })}</>;
}

const operationColumn: Column<Dispute> = {
  key: 'operation',
  head: 'field.operation',
  cell: (row) => <OperationWord operation={row.operation} />,
};

const codesColumn: Column<Dispute> = {
  key: 'codes',
  head: 'field.codes',
  cell: (row) => <span className="mono">{(row.codes ?? []).join(' ')}</span>,
};

const idsColumn: Column<Dispute> = {
  key: 'ids',
  head: 'field.ids',
  cell: (row) => (
    <>
      {(row.ids ?? []).map((one) => (
        <div key={one.field}>
          <FieldWord field={one.field} /> <span className="mono">…{one.id.slice(-6)}</span>
        </div>
      ))}
    </>
  ),
};

function FieldWord({ field }: { field: string }) {
  const { t } = useTranslation();
  return <>{t(`field.${field}`)}</>;
}

export const disputeColumns: Column<Dispute>[] = [
  operationColumn,
  codesColumn,
  unitColumn('unit'),
  accountColumn('author'),
  momentColumn('occurred_at'),
  momentColumn('recorded_at'),
  momentColumn('settled_at'),
];

export const disputeDetails: Column<Dispute>[] = [
  idsColumn,
  yesColumn('applied'),
  accountColumn('settled_by'),
];
