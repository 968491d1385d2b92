import type { Case, Contact } from '@/api/rows';
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
import type { Tone } from '@/ui/Mark';

export const caseTones: Record<string, Tone> = {
  screen_positive: 'warning',
  suspected: 'warning',
  confirmed: 'error',
  asymptomatic: 'error',
  excluded: 'good',
};
const contactTones: Record<string, Tone> = {
  named: 'warning',
  untraced: 'error',
  in_control: 'good',
  completed: 'good',
  upgraded_to_case: 'error',
};

export const caseColumns: Column<Case>[] = [
  personColumn('person'),
  choiceColumn('state', 'case_state', caseTones),
  wordColumn('severity', 'severity'),
  wordColumn('stage', 'stage'),
  momentColumn('opened_at'),
  unitColumn('hospital'),
];

export const caseDetails: Column<Case>[] = [
  personLink('person'),
  wordColumn('pathogen', 'pathogen'),
  textColumn('onset_day'),
  momentColumn('window_from'),
  yesColumn('first_of_county'),
  yesColumn('exclusion_proposed'),
  momentColumn('classified_at'),
  unitColumn('clinic'),
  unitColumn('cdc'),
  {
    key: 'tube',
    head: 'field.tube',
    cell: (row) => (row.tube ? <AboutLink kind="tube" id={row.tube} /> : null),
  },
];

export const contactColumns: Column<Contact>[] = [
  personColumn('person'),
  choiceColumn('state', 'contact_state', contactTones),
  wordColumn('class', 'class'),
  wordColumn('kind', 'kind'),
  momentColumn('exposure_until'),
  textColumn('place'),
];

export const contactDetails: Column<Contact>[] = [
  personLink('person'),
  momentColumn('exposure_from'),
  yesColumn('is_protected'),
  momentColumn('judged_at'),
  { key: 'case_id', head: 'field.case_id', cell: (row) => <AboutLink kind="case" id={row.case_id} /> },
];
