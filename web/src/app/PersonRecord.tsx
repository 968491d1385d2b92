/** One line of a person's page: what it is, where it stands, since when; it opens on the desk that works on it. */
import { ChoiceMark } from '@/ui/cells';
import { Moment } from '@/ui/Countdown';
import { AboutLink } from '@/ui/DutyPane';
import { Known } from '@/ui/Known';
import type { Tone } from '@/ui/Mark';

type Row = Record<string, unknown>;

interface Line {
  kind: string;
  states: string;
  label?: string;
  at: string[];
  marks: [field: string, set: string][];
}

const lines: Record<string, Line> = {
  encounters: {
    kind: 'encounter',
    states: 'encounter_state',
    at: ['arrived_at'],
    marks: [['result', 'result']],
  },
  tubes: {
    kind: 'tube',
    states: 'tube_state',
    label: 'code',
    at: ['authorised_at', 'sealed_at', 'printed_at'],
    marks: [['result', 'result']],
  },
  cases: {
    kind: 'case',
    states: 'case_state',
    at: ['opened_at'],
    marks: [
      ['severity', 'severity'],
      ['stage', 'stage'],
    ],
  },
  contacts: {
    kind: 'contact',
    states: 'contact_state',
    at: ['exposure_until', 'named_at'],
    marks: [['class', 'class']],
  },
  cards: {
    kind: 'card',
    states: 'card_state',
    at: ['submitted_at', 'passed_at'],
    marks: [['class', 'class']],
  },
};
const tones: Record<string, Tone> = {
  positive: 'error',
  negative: 'good',
  grey: 'warning',
  invalid: 'warning',
};

export function PersonRecord({ list, row }: { list: string; row: Row }) {
  const line = lines[list];
  if (!line) return <Known value={row} />;
  const at = line.at.map((field) => row[field]).find((value) => typeof value === 'string' && value !== '');
  return (
    <span className="tally">
      <AboutLink
        kind={line.kind}
        id={String(row.id)}
        label={line.label ? String(row[line.label]) : undefined}
      />
      <ChoiceMark set={line.states} value={String(row.state ?? '')} />
      {line.marks.map(([field, set]) =>
        row[field] ? <ChoiceMark key={field} set={set} value={String(row[field])} tones={tones} /> : null,
      )}
      {typeof at === 'string' && <Moment at={at} />}
    </span>
  );
}
