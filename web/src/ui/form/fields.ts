/** What a form knows of one field, and how typed text becomes the value the server takes. Pure; tested beside. */
import type { PersonCard } from '@/api/views';
import { readResidentId } from '@/fields/resident_id';
import { civilDay, readDay, readMoment, toIso } from '../time';
import { isBlankRow } from './grid';

export type FieldKind =
  | 'text'
  | 'long_text'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'choice'
  | 'moment'
  | 'day'
  | 'resident_id'
  | 'document'
  | 'person'
  | 'unit'
  | 'scan'
  | 'pick'
  | 'texts'
  | 'choices'
  | 'ids'
  | 'rows';

export interface FieldView {
  /** Name in the body; a dot leads into an object: `result.ct_n`. */
  name: string;
  kind: FieldKind;
  required?: boolean;
  /** Of `choice`. Words: `choice.<last part of name>.<value>`. */
  choices?: string[];
  /** Of `pick`: rows of a list to choose from. */
  from?: {
    path: string;
    filters?: Record<string, string>;
    value: string;
    label: (row: Record<string, unknown>, persons: Record<string, PersonCard>) => string;
  };
  /** Of `rows`: the columns of the grid. */
  columns?: FieldView[];
  /** Shown beside the field. */
  unit?: string;
  /** Words key; default `field.<name>`. */
  label?: string;
  hint?: string;
  /** Of a grid's column: what a spreadsheet's head row may call it, and a choice of it. */
  aliases?: string[];
  choiceAliases?: Record<string, string[]>;
}

export type Values = Record<string, unknown>;

/** Why a value cannot be sent; a words key under `form.fault.`. */
export type LocalFault =
  'required' | 'number' | 'integer' | 'moment' | 'day' | 'choice' | 'boolean' | 'rows' | `id_${string}`;

/** A fault of a grid, by its cell; rows count from 0 as they are shown. */
export interface CellFault {
  row: number;
  column: string;
  fault: LocalFault;
}

export type Read =
  { kind: 'value'; value: unknown } | { kind: 'fault'; fault: LocalFault; cells?: CellFault[] };

const isBlank = (raw: unknown) =>
  raw === undefined ||
  raw === null ||
  raw === '' ||
  (typeof raw === 'string' && raw.trim() === '') ||
  (Array.isArray(raw) && raw.length === 0);

/** One field's typed content as a value of the body; blank optional fields are left out (undefined). */
export function readField(field: FieldView, raw: unknown, now: number): Read {
  if (field.kind === 'boolean') {
    if (typeof raw === 'string' && raw.trim() !== '') return { kind: 'fault', fault: 'boolean' };
    return { kind: 'value', value: raw === true };
  }
  if (isBlank(raw))
    return field.required ? { kind: 'fault', fault: 'required' } : { kind: 'value', value: undefined };
  switch (field.kind) {
    case 'integer':
    case 'number': {
      const value = Number(String(raw).trim());
      if (!Number.isFinite(value)) return { kind: 'fault', fault: 'number' };
      if (field.kind === 'integer' && !Number.isInteger(value)) return { kind: 'fault', fault: 'integer' };
      return { kind: 'value', value };
    }
    case 'moment': {
      const instant = readMoment(String(raw), now);
      return instant === undefined
        ? { kind: 'fault', fault: 'moment' }
        : { kind: 'value', value: toIso(instant) };
    }
    case 'day': {
      const day = readDay(String(raw), now);
      return day === undefined ? { kind: 'fault', fault: 'day' } : { kind: 'value', value: day };
    }
    case 'resident_id': {
      const id = readResidentId(String(raw), civilDay(now));
      return id.kind === 'bad'
        ? { kind: 'fault', fault: `id_${id.fault}` }
        : { kind: 'value', value: id.number };
    }
    case 'document': {
      const text = String(raw).replace(/\s/g, '').toUpperCase();
      // Eighteen signs that begin like a resident number are one; other documents have their own numbers.
      return /^\d{15}$|^\d{17}[\dX]$|^\d{16,}$/.test(text)
        ? readField({ ...field, kind: 'resident_id' }, text, now)
        : { kind: 'value', value: text };
    }
    case 'texts':
      return {
        kind: 'value',
        value: Array.isArray(raw)
          ? raw
          : String(raw)
              .split(/[\n,，;；、]+/)
              .map((one) => one.trim())
              .filter(Boolean),
      };
    case 'text':
    case 'long_text':
    case 'scan':
      return { kind: 'value', value: String(raw).trim() };
    case 'choice':
      return field.choices && !field.choices.includes(String(raw))
        ? { kind: 'fault', fault: 'choice' }
        : { kind: 'value', value: raw };
    case 'choices':
    case 'person':
    case 'unit':
    case 'pick':
    case 'ids':
      return { kind: 'value', value: raw };
    case 'rows':
      return readRows(field, raw as Values[], now);
  }
}

function readRows(field: FieldView, rows: Values[], now: number): Read {
  const columns = field.columns ?? [];
  const read: Values[] = [];
  const cells: CellFault[] = [];
  rows.forEach((row, at) => {
    if (isBlankRow(row, columns)) return;
    const one: Values = {};
    for (const column of columns) {
      const value = readField(column, row[column.name], now);
      if (value.kind === 'fault') cells.push({ row: at, column: column.name, fault: value.fault });
      else if (value.value !== undefined) setAt(one, column.name, value.value);
    }
    read.push(one);
  });
  if (cells.length > 0) return { kind: 'fault', fault: 'rows', cells };
  if (read.length === 0)
    return field.required ? { kind: 'fault', fault: 'required' } : { kind: 'value', value: undefined };
  return { kind: 'value', value: read };
}

/** Puts a value at a dotted name, making the objects on the way. */
export function setAt(body: Values, name: string, value: unknown): void {
  const parts = name.split('.');
  const last = parts.pop() ?? name;
  let at = body;
  for (const part of parts) {
    at[part] ??= {};
    at = at[part] as Values;
  }
  at[last] = value;
}

export interface Body {
  body: Values;
  faults: { name: string; fault: LocalFault; cells?: CellFault[] }[];
}

export function readBody(fields: FieldView[], values: Values, fixed: Values, now: number): Body {
  const body: Values = {};
  const faults: Body['faults'] = [];
  for (const [name, value] of Object.entries(fixed)) setAt(body, name, value);
  for (const field of fields) {
    const read = readField(field, values[field.name], now);
    if (read.kind === 'fault')
      faults.push({ name: field.name, fault: read.fault, ...(read.cells ? { cells: read.cells } : {}) });
    else if (read.value !== undefined) setAt(body, field.name, read.value);
  }
  return { body, faults };
}

/** The field a server path speaks of: `/result/ct_n` → `result.ct_n`; a path inside a grid belongs to the grid. */
export function fieldAt(fields: FieldView[], path: string | null | undefined): string | undefined {
  if (!path) return undefined;
  const dotted = path.replace(/^\//, '').replace(/\//g, '.');
  return fields.find((field) => dotted === field.name || dotted.startsWith(field.name + '.'))?.name;
}

/** The cell of a grid a server path speaks of: `/contacts/3/name` → row 3, column `name`; of no known column: ''. */
export function cellAt(field: FieldView, path: string | null | undefined) {
  const found = path?.startsWith(`/${field.name}/`) ? path.slice(field.name.length + 2).split('/') : [];
  const row = Number(found[0]);
  if (found.length === 0 || !Number.isInteger(row)) return undefined;
  const named = found.slice(1).join('.');
  return { row, column: field.columns?.some((column) => column.name === named) ? named : '' };
}

/** Grids without their empty rows: what is sent and what is shown have the same row numbers. */
export function withoutBlankRows(fields: FieldView[], values: Values): Values {
  const next = { ...values };
  for (const field of fields) {
    const rows = values[field.name];
    if (field.kind === 'rows' && Array.isArray(rows))
      next[field.name] = (rows as Values[]).filter((row) => !isBlankRow(row, field.columns ?? []));
  }
  return next;
}
