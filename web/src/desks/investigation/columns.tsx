import { useTranslation } from 'react-i18next';
import type {
  Case,
  ClassProposal,
  Cluster,
  Contact,
  ExposureProposal,
  Stop,
  Team,
  VisitBatch,
} from '@/api/rows';
import {
  accountColumn,
  ChoiceMark,
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
import { Moment } from '@/ui/Countdown';
import { AboutLink } from '@/ui/DutyPane';
import type { Tone } from '@/ui/Mark';
import { homeOf } from '@/fields/ids';
import { ruledMomentColumn } from '@/ui/ruled';

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
  ruledMomentColumn('window_from', (row) => ({
    id: 'D.window.back_d',
    pathogen: row.pathogen,
    at: row.opened_at,
    in: homeOf(row.id),
  })),
  {
    key: 'infector',
    head: 'field.infector',
    cell: (row) => (row.infector ? <AboutLink kind="case" id={row.infector} /> : null),
  },
  wordColumn('link', 'link'),
  wordColumn('source', 'source'),
  wordColumn('origin', 'origin'),
  wordColumn('found_by', 'found_by'),
  yesColumn('in_ring'),
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

/** A place as it was typed; where an arrow named it, its word. */
function PlaceWords({ place }: { place: string }) {
  const { t } = useTranslation();
  return <>{t(`choice.place.${place}`, { defaultValue: place })}</>;
}

const placeColumn: Column<Contact> = {
  key: 'place',
  head: 'field.place',
  cell: (row) => (row.place ? <PlaceWords place={row.place} /> : null),
};

export const contactColumns: Column<Contact>[] = [
  personColumn('person'),
  choiceColumn('state', 'contact_state', contactTones),
  wordColumn('class', 'class'),
  {
    key: 'found_class',
    head: 'field.found_class',
    // Only where the facts say otherwise than the officer did.
    cell: (row) =>
      row.found_class !== (row.class ?? 'none') ? (
        <ChoiceMark set="found_class" value={row.found_class} tones={{ close: 'warning', coc: 'warning' }} />
      ) : null,
  },
  wordColumn('kind', 'kind'),
  momentColumn('exposure_until'),
  placeColumn,
];

export const contactDetails: Column<Contact>[] = [
  personLink('person'),
  momentColumn('exposure_from'),
  yesColumn('is_protected'),
  wordColumn('found_reason', 'found_reason'),
  textColumn('found_day0'),
  wordColumn('police_request', 'police_request'),
  yesColumn('high_risk'),
  yesColumn('reported'),
  momentColumn('judged_at'),
  unitColumn('handed_to'),
  { key: 'case_id', head: 'field.case_id', cell: (row) => <AboutLink kind="case" id={row.case_id} /> },
];

/** How many exposures count now and did not when the class was judged, and the other way round. */
function ExposureDifference({ gained, lost }: { gained: number; lost: number }) {
  if (gained + lost === 0) return null;
  return (
    <span className="nowrap">
      +{gained} −{lost}
    </span>
  );
}

interface Proposed {
  from_day0?: string | null;
  to_day0?: string | null;
  from_last_day?: string | null;
  to_last_day?: string | null;
}

/** A date as it was judged and as it is proposed; one of them alone where the other is not there or the same. */
function NewDate({ was, now }: { was?: string | null; now?: string | null }) {
  if (!was && !now) return null;
  if (!was || was === now) return <span className="nowrap">{now}</span>;
  return (
    <span className="nowrap">
      {was} →<br />
      {now || '—'}
    </span>
  );
}

function newDates<Row extends Proposed>(): Column<Row>[] {
  return [
    {
      key: 'day0',
      head: 'field.day0',
      cell: (row) => <NewDate was={row.from_day0} now={row.to_day0} />,
    },
    {
      key: 'last_day',
      head: 'field.last_day',
      cell: (row) => <NewDate was={row.from_last_day} now={row.to_last_day} />,
    },
  ];
}

/** From which class to which, and for what reason. */
function NewClass({ was, now, reason }: { was?: string | null; now: string; reason: string }) {
  const { t } = useTranslation();
  return (
    <span className="nowrap">
      {was && <ChoiceMark set="found_class" value={was} />} →{' '}
      <ChoiceMark set="found_class" value={now} tones={{ close: 'error', coc: 'warning' }} />
      <br />
      <span className="quiet small">{t(`choice.class_reason.${reason}`)}</span>
    </span>
  );
}

const proposalState = { open: 'warning', accepted: 'good' } as const;

/** Who was at a corrected stop, and what that would make of them. */
export const exposureColumns: Column<ExposureProposal>[] = [
  personColumn('person'),
  {
    key: 'change',
    head: 'field.change',
    cell: (row) => <NewClass was={row.from_class} now={row.to} reason={row.reason} />,
  },
  {
    key: 'exposure',
    head: 'field.exposure',
    cell: (row) => (
      <>
        <Moment at={row.from} /> –<br />
        <Moment at={row.until} />
      </>
    ),
  },
  ...newDates<ExposureProposal>(),
  choiceColumn('state', 'proposal_state', proposalState),
];

export const exposureDetails: Column<ExposureProposal>[] = [
  wordColumn('known_by', 'known_by'),
  { key: 'rows_apart', head: 'field.rows_apart', cell: (row) => row.rows_apart ?? null },
  momentColumn('proposed_at'),
];

export const proposalColumns: Column<ClassProposal>[] = [
  personColumn('person'),
  {
    key: 'change',
    head: 'field.change',
    cell: (row) => <NewClass was={row.from} now={row.to} reason={row.reason} />,
  },
  ...newDates<ClassProposal>(),
  {
    key: 'exposures',
    head: 'field.exposures',
    cell: (row) => <ExposureDifference gained={row.gained?.length ?? 0} lost={row.lost?.length ?? 0} />,
  },
  choiceColumn('state', 'proposal_state', proposalState),
];

export const proposalDetails: Column<ClassProposal>[] = [
  wordColumn('changed', 'changed'),
  momentColumn('proposed_at'),
  { key: 'contact', head: 'about.contact', cell: (row) => <AboutLink kind="contact" id={row.contact} /> },
];

export const stopColumns: Column<Stop>[] = [
  textColumn('place'),
  wordColumn('kind', 'vehicle'),
  wordColumn('setting', 'setting'),
  momentColumn('from'),
  momentColumn('until'),
  textColumn('service'),
  textColumn('carriage'),
  { key: 'row', head: 'field.row', cell: (row) => row.row || null },
  textColumn('seat'),
  wordColumn('known_by', 'known_by'),
  yesColumn('masked'),
  yesColumn('in_window'),
  wordColumn('outcome', 'outcome'),
  accountColumn('settled_by'),
  { key: 'division', head: 'field.division', cell: (row) => row.division || null },
];

export const clusterColumns: Column<Cluster>[] = [
  textColumn('place'),
  wordColumn('setting', 'setting'),
  {
    key: 'cases',
    head: 'field.cases',
    cell: (row) => (row.cases ?? []).length,
  },
  momentColumn('recognised_at'),
  momentColumn('reported_at'),
  unitColumn('cdc'),
];

export const teamColumns: Column<Team>[] = [
  textColumn('title'),
  wordColumn('tier', 'tier'),
  accountColumn('lead'),
  { key: 'members', head: 'field.members', cell: (row) => (row.members ?? []).length },
  textColumn('cases'),
  yesColumn('active'),
];

export const visitColumns: Column<VisitBatch>[] = [
  momentColumn('recorded_at'),
  textColumn('visits'),
  unitColumn('unit'),
  yesColumn('withdrawn'),
];

export const visitDetails: Column<VisitBatch>[] = [accountColumn('withdrawn_by')];

/** What a search for a contact rests on: who, since when, where seen last. */
export const soughtColumns: Column<Contact>[] = [
  personColumn('person'),
  choiceColumn('state', 'contact_state', contactTones),
  wordColumn('class', 'class'),
  momentColumn('exposure_until'),
  placeColumn,
];

export const soughtDetails: Column<Contact>[] = [
  personLink('person'),
  wordColumn('police_request', 'police_request'),
  wordColumn('kind', 'kind'),
  yesColumn('high_risk'),
  unitColumn('cdc'),
  unitColumn('handed_to'),
];
