/** Columns are mostly one of these. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { serverNow } from '@/api/clock';
import type { PersonCard } from '@/api/views';
import { UnitName } from '@/fields/UnitName';
import { Countdown, Moment } from './Countdown';
import type { Column } from './DataList';
import { Mark, type Tone } from './Mark';
import { ageOn, civilDay } from './time';

type Key<Row> = keyof Row & string;

export function personColumn<Row>(field: Key<Row>): Column<Row> {
  return {
    key: field,
    head: 'field.person',
    cell: (row, { persons }) => (
      <PersonWords card={persons[String(row[field])]} id={String(row[field] ?? '')} />
    ),
  };
}

/** For the context pane: the same person as a link to the one page of that person. */
export function personLink<Row>(field: Key<Row>): Column<Row> {
  return {
    key: `${field}_link`,
    head: 'field.person_page',
    cell: (row, { persons }) =>
      row[field] ? (
        <Link to="/people/$id" params={{ id: String(row[field]) }}>
          <PersonWords card={persons[String(row[field])]} id={String(row[field])} full />
        </Link>
      ) : null,
  };
}

export function PersonWords({
  card,
  id,
  full,
}: {
  card: PersonCard | undefined;
  id: string;
  full?: boolean;
}) {
  const { t } = useTranslation();
  if (!card) return <span>{id ? `…${id.slice(-6)}` : t('word.unknown_person')}</span>;
  const sex = card.sex ? t(`choice.sex.${card.sex}`) : '';
  const age = card.birth_day ? t('word.age', { n: ageOn(card.birth_day, civilDay(serverNow())) }) : '';
  return (
    <span>
      {card.name || t('word.unknown_person')}{' '}
      <span className="quiet small">{[sex, age].filter(Boolean).join(' ')}</span>
      {full && card.document && <span className="mono small"> {card.document}</span>}
    </span>
  );
}

/** Somebody with an account: names of colleagues come with the rows. */
export function accountColumn<Row>(field: Key<Row>): Column<Row> {
  return {
    key: field,
    head: 'field.account',
    cell: (row, { persons }) =>
      isBlank(row[field]) ? null : (persons[String(row[field])]?.name ?? `…${String(row[field]).slice(-6)}`),
  };
}

export function textColumn<Row>(field: Key<Row>, head = `field.${field}`): Column<Row> {
  return { key: field, head, cell: (row) => textOf(row[field]) };
}

export function codeColumn<Row>(field: Key<Row>): Column<Row> {
  return {
    key: field,
    head: `field.${field}`,
    cell: (row) => (isBlank(row[field]) ? null : <span className="mono">{textOf(row[field])}</span>),
  };
}

function textOf(value: unknown): string {
  return value === null || value === undefined ? '' : String(value);
}

export function momentColumn<Row>(field: Key<Row>): Column<Row> {
  return {
    key: field,
    head: `field.${field}`,
    cell: (row) => (row[field] ? <Moment at={String(row[field])} /> : null),
  };
}

/** A moment still to come, counting down while the row's state makes it matter. */
export function dueColumn<Row>(field: Key<Row>, while_: (row: Row) => boolean): Column<Row> {
  return {
    key: field,
    head: `field.${field}`,
    cell: (row) =>
      row[field] ? (
        while_(row) ? (
          <Countdown dueAt={String(row[field])} />
        ) : (
          <Moment at={String(row[field])} />
        )
      ) : null,
  };
}

export function unitColumn<Row>(field: Key<Row>): Column<Row> {
  return {
    key: field,
    head: `field.${field}`,
    cell: (row) => (row[field] ? <UnitName id={String(row[field])} /> : null),
  };
}

/** A value of a fixed set, as word and shape; `set` names the words, `choice.<set>.<value>`. */
export function choiceColumn<Row>(
  field: Key<Row>,
  set: string,
  tones: Record<string, Tone> = {},
): Column<Row> {
  return {
    key: field,
    head: `field.${field}`,
    cell: (row) => (row[field] ? <ChoiceMark set={set} value={textOf(row[field])} tones={tones} /> : null),
  };
}

export function ChoiceMark({
  set,
  value,
  tones = {},
}: {
  set: string;
  value: string;
  tones?: Record<string, Tone>;
}) {
  const { t } = useTranslation();
  if (!value) return null;
  return <Mark tone={tones[value] ?? 'plain'}>{t(`choice.${set}.${value}`)}</Mark>;
}

export function wordColumn<Row>(field: Key<Row>, set: string): Column<Row> {
  return {
    key: field,
    head: `field.${field}`,
    cell: (row) => (isBlank(row[field]) ? null : <Words set={set} value={row[field]} />),
  };
}

const isBlank = (value: unknown) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

function Words({ set, value }: { set: string; value: unknown }) {
  const { t } = useTranslation();
  const all = Array.isArray(value) ? value : [value];
  return <>{all.map((one) => t(`choice.${set}.${String(one)}`)).join(t('list.and'))}</>;
}

export function yesColumn<Row>(field: Key<Row>): Column<Row> {
  return {
    key: field,
    head: `field.${field}`,
    cell: (row) => (isBlank(row[field]) ? null : <YesNo value={row[field]} />),
  };
}

function YesNo({ value }: { value: unknown }) {
  const { t } = useTranslation();
  return <>{t(value === true ? 'word.yes' : 'word.no')}</>;
}

/** Health code: colour always with word and shape. */
export function CodeMark({ code }: { code: string }) {
  const { t } = useTranslation();
  const shape = { green: '●', yellow: '▲', red: '■' }[code] ?? '○';
  const tone: Tone =
    code === 'green' ? 'good' : code === 'yellow' ? 'warning' : code === 'red' ? 'error' : 'plain';
  return (
    <span className="mark" data-tone={tone}>
      <span aria-hidden="true">{shape}</span>
      {t(`choice.code.${code}`)}
    </span>
  );
}
