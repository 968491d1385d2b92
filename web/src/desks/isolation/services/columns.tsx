import { useTranslation } from 'react-i18next';
import type { Counselling, CrossExposure, MeasureConflict, SiteUpkeep } from '@/api/rows';
import {
  choiceColumn,
  momentColumn,
  personColumn,
  personLink,
  textColumn,
  unitColumn,
  wordColumn,
  yesColumn,
} from '@/ui/cells';
import type { Column } from '@/ui/DataList';
import { AboutLink } from '@/ui/DutyPane';
import { Mark, type Tone } from '@/ui/Mark';

const sewageTones: Record<string, Tone> = {
  unchecked: 'warning',
  in_range: 'good',
  out_of_range: 'error',
  redosed: 'warning',
};

export const counsellingTones: Record<string, Tone> = {
  offered: 'warning',
  in_care: 'info',
  crisis: 'error',
  closed: 'good',
};

function Settled({ is, late }: { is: boolean; late: Tone }) {
  const { t } = useTranslation();
  return <Mark tone={is ? 'good' : late}>{t(is ? 'isolation.settled' : 'isolation.to_settle')}</Mark>;
}

/** Of an opening that was ordered: how many rooms of the next step are ready. */
function Ready({ row }: { row: SiteUpkeep }) {
  if (row.ordered === 0) return null;
  return (
    <Mark tone={row.missing > 0 ? 'warning' : 'good'}>
      {row.ready}/{row.owed}
    </Mark>
  );
}

export const upkeepColumns: Column<SiteUpkeep>[] = [
  { ...unitColumn<SiteUpkeep>('id'), head: 'field.site' },
  choiceColumn('sewage', 'sewage', sewageTones),
  {
    key: 'chlorine_mg_l',
    head: 'field.chlorine_mg_l',
    cell: (row) => (row.sewage_at ? `${String(row.chlorine_mg_l)} mg/L` : null),
  },
  momentColumn('sewage_at'),
  { key: 'ready', head: 'field.ready', cell: (row) => <Ready row={row} /> },
  {
    key: 'share',
    head: 'field.share',
    cell: (row, context) => (row.ordered === 0 ? null : shareColumn.cell(row, context)),
  },
];

const shareColumn = wordColumn<SiteUpkeep>('share', 'share');

export const upkeepDetails: Column<SiteUpkeep>[] = [
  textColumn('ordered'),
  momentColumn('ordered_at'),
  textColumn('staffed'),
  textColumn('missing', 'field.rooms_missing'),
];

export const counsellingColumns: Column<Counselling>[] = [
  personColumn('person'),
  choiceColumn('state', 'counselling_state', counsellingTones),
  unitColumn('site'),
  momentColumn('screened_at'),
  momentColumn('crisis_at'),
];

export const counsellingDetails: Column<Counselling>[] = [
  personLink('person'),
  { key: 'stay', head: 'about.stay', cell: (row) => <AboutLink kind="stay" id={row.stay} /> },
  { ...unitColumn<Counselling>('to'), head: 'field.crisis_to' },
];

export const crossExposureColumns: Column<CrossExposure>[] = [
  unitColumn('site'),
  wordColumn('cause', 'cause'),
  {
    key: 'open',
    head: 'field.state',
    cell: (row) => <Settled is={!row.open} late="warning" />,
  },
  momentColumn('opened_at'),
  momentColumn('assessed_at'),
  {
    key: 'exposed',
    head: 'field.exposed',
    cell: (row) => (row.open ? null : `${String(row.residents_exposed)} + ${String(row.staff_exposed)}`),
  },
];

export const crossExposureDetails: Column<CrossExposure>[] = [
  { key: 'stay', head: 'about.stay', cell: (row) => <AboutLink kind="stay" id={row.stay} /> },
  textColumn('residents_exposed'),
  textColumn('staff_exposed'),
  unitColumn('cdc'),
];

export const conflictColumns: Column<MeasureConflict>[] = [
  personColumn('person'),
  { ...personColumn<MeasureConflict>('other'), head: 'field.other_entry' },
  {
    key: 'open',
    head: 'field.state',
    cell: (row) => <Settled is={!row.open} late="error" />,
  },
  momentColumn('found_at'),
  unitColumn('cdc'),
];

export const conflictDetails: Column<MeasureConflict>[] = [
  personLink('person'),
  { ...personLink<MeasureConflict>('other'), head: 'field.other_entry' },
  { key: 'stay', head: 'field.first_stay', cell: (row) => <AboutLink kind="stay" id={row.stay} /> },
  {
    key: 'other_stay',
    head: 'field.other_stay',
    cell: (row) => <AboutLink kind="stay" id={row.other_stay} />,
  },
  yesColumn('unmerged'),
  momentColumn('settled_at'),
];
