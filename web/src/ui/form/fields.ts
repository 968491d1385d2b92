/** What a form knows of one field, and how typed text becomes the value the server takes. Pure; tested beside. */
import { readResidentId } from '@/fields/resident_id';
import { civilDay, readDay, readMoment, toIso } from '../time';

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
    label: (row: Record<string, unknown>) => string;
  };
  /** Of `rows`: the columns of the grid. */
  columns?: FieldView[];
  /** Shown beside the field. */
  unit?: string;
  /** Words key; default `field.<name>`. */
  label?: string;
  hint?: string;
}

export type Values = Record<string, unknown>;

/** Why a value cannot be sent; a words key under `form.fault.`. */
export type LocalFault = 'required' | 'number' | 'integer' | 'moment' | 'day' | `id_${string}`;

export type Read = { kind: 'value'; value: unknown } | { kind: 'fault'; fault: LocalFault };

const isBlank = (raw: unknown) =>
  raw === undefined ||
  raw === null ||
  raw === '' ||
  (typeof raw === 'string' && raw.trim() === '') ||
  (Array.isArray(raw) && raw.length === 0);

/** One field's typed content as a value of the body; blank optional fields are left out (undefined). */
export function readField(field: FieldView, raw: unknown, now: number): Read {
  if (field.kind === 'boolean') return { kind: 'value', value: raw === true };
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
  for (const row of rows) {
    if (columns.every((column) => isBlank(row[column.name]))) continue;
    const one: Values = {};
    for (const column of columns) {
      const value = readField(column, row[column.name], now);
      if (value.kind === 'fault') return value;
      if (value.value !== undefined) setAt(one, column.name, value.value);
    }
    read.push(one);
  }
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
  faults: { name: string; fault: LocalFault }[];
}

export function readBody(fields: FieldView[], values: Values, fixed: Values, now: number): Body {
  const body: Values = {};
  const faults: Body['faults'] = [];
  for (const [name, value] of Object.entries(fixed)) setAt(body, name, value);
  for (const field of fields) {
    const read = readField(field, values[field.name], now);
    if (read.kind === 'fault') faults.push({ name: field.name, fault: read.fault });
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
