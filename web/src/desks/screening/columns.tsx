import type { Box, InterfaceMessage, Laboratory, PlateRow, ReagentLot, Tube } from '@/api/rows';
import { serverNow } from '@/api/clock';
import { useTranslation } from 'react-i18next';
import {
  choiceColumn,
  ChoiceMark,
  codeColumn,
  momentColumn,
  personColumn,
  personLink,
  textColumn,
  unitColumn,
  wordColumn,
  yesColumn,
} from '@/ui/cells';
import type { Column } from '@/ui/DataList';
import { Mark, type Tone } from '@/ui/Mark';
import { civilDay } from '@/ui/time';
import { safetyOn } from './safety';

export const tubeTones: Record<string, Tone> = {
  received: 'info',
  testing: 'info',
  provisional: 'warning',
  rejected: 'error',
  lost: 'error',
  authorised: 'good',
  amended: 'warning',
};
export const resultTones: Record<string, Tone> = {
  positive: 'error',
  grey: 'warning',
  invalid: 'warning',
  negative: 'good',
};

export const tubeColumns: Column<Tube>[] = [
  codeColumn('code'),
  choiceColumn('state', 'tube_state', tubeTones),
  personColumn('person'),
  wordColumn('class', 'class'),
  {
    key: 'result',
    head: 'field.result',
    cell: (row) => (row.result || row.provisional ? <ResultMark row={row} /> : null),
  },
  momentColumn('sealed_at'),
  momentColumn('received_at'),
];

/** Before the second signature the tester's reading is shown as what it is: not yet a result. */
function ResultMark({ row }: { row: Tube }) {
  const { t } = useTranslation();
  if (row.result) return <ChoiceMark set="result" value={row.result} tones={resultTones} />;
  if (!row.provisional) return null;
  return <Mark>{t('screening.reading', { result: t(`choice.result.${row.provisional}`) })}</Mark>;
}

export const tubeDetails: Column<Tube>[] = [
  personLink('person'),
  unitColumn('sender'),
  unitColumn('lab'),
  momentColumn('printed_at'),
  momentColumn('tested_at'),
  momentColumn('authorised_at'),
  yesColumn('control_valid'),
  {
    key: 'ct',
    head: 'field.ct',
    cell: (row) =>
      row.ct && row.ct.length > 0 ? row.ct.map(({ gene, ct }) => `${gene} ${String(ct)}`).join('，') : null,
  },
  wordColumn('reject_reason', 'reason'),
  wordColumn('pathogen', 'pathogen'),
];

const boxTones: Record<string, Tone> = {
  in_transit: 'info',
  part_received: 'warning',
  reconciled: 'good',
  lost: 'error',
};
export const boxColumns: Column<Box>[] = [
  codeColumn('code'),
  choiceColumn('state', 'box_state', boxTones),
  { key: 'tubes', head: 'field.tubes', cell: (row) => row.tubes?.length ?? 0 },
  unitColumn('sender'),
  unitColumn('lab'),
];

const awaitsTones: Record<string, Tone> = { duplicate: 'error', members: 'error', seal: 'warning' };

/** Where results get lost between swab and screen: what it waits for comes first. */
export const lostColumns: Column<Tube>[] = [
  codeColumn('code'),
  choiceColumn('awaits', 'awaits', awaitsTones),
  wordColumn('class', 'class'),
  unitColumn('sender'),
  momentColumn('opened_at'),
  momentColumn('sealed_at'),
  momentColumn('received_at'),
];

export const plateColumns: Column<PlateRow>[] = [
  codeColumn('code'),
  choiceColumn('state', 'plate_state', { read: 'warning', authorised: 'good' }),
  { key: 'wells', head: 'screening.wells', cell: (row) => row.wells?.length ?? 0 },
  textColumn('reagent_lot'),
  momentColumn('loaded_at'),
];
export const plateDetails: Column<PlateRow>[] = [unitColumn('laboratory')];

const safetyTones: Record<string, Tone> = { in_order: 'good', defect: 'warning', held: 'error' };

export const laboratoryColumns: Column<Laboratory>[] = [
  unitColumn('id'),
  choiceColumn('state', 'laboratory_state', { active: 'good', suspended: 'error', revoked: 'error' }),
  {
    key: 'safety',
    head: 'field.safety',
    cell: (row) => (
      <ChoiceMark set="safety" value={safetyOn(row, civilDay(serverNow()))} tones={safetyTones} />
    ),
  },
  textColumn('declared_per_day'),
  textColumn('measured_per_day'),
  {
    key: 'eqa',
    head: 'field.eqa',
    cell: (row) =>
      row.eqa
        ?.map((sheet) => `${sheet.month} ${sheet.passed ? '✓' : '✗'}`)
        .slice(-3)
        .join('，'),
  },
];
export const laboratoryDetails: Column<Laboratory>[] = [
  yesColumn('third_party'),
  textColumn('contract'),
  textColumn('cabinet_certified_until'),
  textColumn('calibrated_until'),
  momentColumn('sheet_at'),
  textColumn('sheet_due'),
];

export const messageColumns: Column<InterfaceMessage>[] = [
  momentColumn('acknowledged_at'),
  textColumn('application'),
  textColumn('facility'),
  textColumn('control_id'),
  wordColumn('verdict', 'message_verdict'),
];

export const lotColumns: Column<ReagentLot>[] = [
  codeColumn('code'),
  textColumn('product'),
  textColumn('expires'),
  yesColumn('blocked'),
  unitColumn('laboratory'),
];
