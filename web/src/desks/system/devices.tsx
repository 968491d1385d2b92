/** What devices recorded without network and has not come: each missing number is a swab, a seal or a verdict. */
import { useTranslation } from 'react-i18next';
import type { Device } from '@/api/rows';
import { accountColumn, codeColumn, momentColumn, unitColumn } from '@/ui/cells';
import type { Column } from '@/ui/DataList';
import { Mark } from '@/ui/Mark';

/** Of those at this desk. */
export const deviceReaders = ['ADM'];

export const deviceColumns: Column<Device>[] = [
  codeColumn('name'),
  unitColumn('unit'),
  accountColumn('account'),
  { key: 'missing', head: 'field.missing', cell: (row) => <Missing row={row} /> },
  { key: 'reused', head: 'field.reused', cell: (row) => <Reused row={row} /> },
  momentColumn('synced_at'),
];

function Missing({ row }: { row: Device }) {
  const { t } = useTranslation();
  if (row.missing === 0) return <Mark tone="good">{t('system.no_gap')}</Mark>;
  return <Mark tone="error">{t('system.gap', { n: row.missing })}</Mark>;
}

/** Two records under one number: a copy of the device's memory, or a browser set back. */
function Reused({ row }: { row: Device }) {
  const { t } = useTranslation();
  return row.reused > 0 ? <Mark tone="error">{t('system.reused', { n: row.reused })}</Mark> : null;
}

export function Gaps({ row }: { row: Device }) {
  const spans = row.gaps?.map(({ from, until }) =>
    from === until ? String(from) : `${String(from)}–${String(until)}`,
  );
  return <>{spans?.join('，') || '—'}</>;
}
