/** A desk on a screen: views (tabs) over lists, columns, and what may be done with a row. A desk's folder fills these in. */
import type { ComponentType } from 'react';
import type { Overrides } from '@/api/catalogue';
import type { Filters } from '@/api/client';
import type { Outcome } from '@/api/outcome';
import type { Session } from '@/api/session';
import type { Column } from '../DataList';
import type { FieldView, Values } from '../form/fields';

/** What an action may need besides its row. */
export interface Kit {
  session: Session;
  now: number;
  /** A new id at home in this unit's county. */
  newId: () => string;
}

export interface Action<Row> {
  /** Name in the address and the test id; default the operation. */
  key?: string;
  /** `<desk>/<operation>` */
  operation: string;
  when?: (row: Row, kit: Kit) => boolean;
  fixed?: (row: Row, kit: Kit) => Values;
  initial?: (row: Row, kit: Kit) => Values;
  /** Fields not shown although the API has them. */
  omit?: string[];
  /** Refinements of single fields by name. */
  fields?: Overrides;
  /** Fields the API does not have, read by `prepare`. */
  extra?: FieldView[];
  /** These first, the rest as the API has them. */
  order?: string[];
  prepare?: (body: Values, row: Row, kit: Kit) => Promise<Outcome<Values>>;
  /** A form of its own instead of the general one. */
  form?: ComponentType<ActionFormProps<Row>>;
  primary?: boolean;
  /** Its form is a grid: the context pane grows. */
  wide?: boolean;
  danger?: boolean;
  review?: boolean;
}

export interface ActionFormProps<Row> {
  row: Row;
  kit: Kit;
  onDone: () => void;
  onCancel: () => void;
}

export interface View<Row> {
  key: string;
  /** `<desk>/<list>` */
  path: string;
  /** Roles that read it; without: everybody at this desk. */
  readers?: string[];
  filters?: Filters | ((session: Session) => Filters);
  columns: Column<Row>[];
  /** More facts for the context pane. */
  details?: Column<Row>[];
  rowKey: (row: Row) => string;
  actions?: Action<Row>[];
  /** Shown in the context pane above the facts. */
  Above?: ComponentType<{ row: Row }>;
  /** Shown in the context pane below the facts. */
  Below?: ComponentType<{ row: Row }>;
  /** Instead of the table in the centre. */
  Board?: ComponentType<BoardProps>;
  /** Above the table: scan field, tiles. */
  Head?: ComponentType<BoardProps>;
  /** A choice to narrow by: the set of words, the list's parameter, the values. */
  narrow?: { field: string; param: string; values: string[] };
}

export interface BoardProps {
  selected: string | undefined;
  select: (key: string) => void;
}

/** A row with its type rubbed off: the frame hands rows from the list to the columns without looking inside. */
export type AnyRow = Record<string, unknown>;
export type AnyView = View<AnyRow>;

/** The one place where a view forgets the type of its rows. */
export function view<Row>(typed: View<Row>): AnyView {
  return typed as unknown as AnyView;
}

export interface Desk {
  name: string;
  views: AnyView[];
  /** Actions without a row: register, print, record. */
  start?: Action<undefined>[];
}
