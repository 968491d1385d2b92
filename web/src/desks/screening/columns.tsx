import type { Box, Tube } from '@/api/rows';
import { useTranslation } from 'react-i18next';
import {
  choiceColumn,
  ChoiceMark,
  codeColumn,
  momentColumn,
  personColumn,
  personLink,
  unitColumn,
  wordColumn,
  yesColumn,
} from '@/ui/cells';
import type { Column } from '@/ui/DataList';
import { Mark, type Tone } from '@/ui/Mark';

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

export const boxColumns: Column<Box>[] = [
  codeColumn('code'),
  wordColumn('state', 'box_state'),
  { key: 'tubes', head: 'field.tubes', cell: (row) => row.tubes?.length ?? 0 },
  unitColumn('sender'),
  unitColumn('lab'),
];
