/** What the server's OpenAPI says of each operation: who may, which fields; forms are made from it (`npm run api`). */
import operations from './generated/operations.json';
import type { FieldKind, FieldView } from '@/ui/form/fields';

export interface FieldMeta {
  name: string;
  kind: string;
  required: boolean;
  /** What an id names, or what the items of a list are. */
  tag?: string;
  item?: string;
  choices?: string[];
  fields?: FieldMeta[];
}

export interface OperationMeta {
  roles: string[];
  fields: FieldMeta[];
}

const all = operations as Record<string, OperationMeta>;

export function operationMeta(operation: string): OperationMeta {
  const meta = all[operation];
  if (!meta) throw new Error(`no operation ${operation} in the API`);
  return meta;
}

export function allOperations(): string[] {
  return Object.keys(all);
}

export function mayRun(operation: string, roles: string[]): boolean {
  const allowed = operationMeta(operation).roles;
  return allowed.includes('*') || allowed.some((role) => roles.includes(role));
}

export type Overrides = Record<string, Partial<FieldView>>;

/** The fields of an operation as a form shows them: in the API's order, less the omitted, with the desk's refinements. */
export function fieldsOf(
  operation: string,
  omit: Iterable<string> = [],
  overrides: Overrides = {},
): FieldView[] {
  const left = new Set(omit);
  return operationMeta(operation)
    .fields.filter((field) => !left.has(field.name))
    .map((field) => ({ ...viewOf(field), ...overrides[field.name] }));
}

/** Lists and yes-or-no answers the API requires but the form left untouched: none, and no. */
export function complete(operation: string, body: Record<string, unknown>): Record<string, unknown> {
  const whole = { ...body };
  for (const field of operationMeta(operation).fields) {
    if (!field.required || whole[field.name] !== undefined) continue;
    if (field.kind === 'list') whole[field.name] = [];
    else if (field.kind === 'boolean') whole[field.name] = false;
  }
  return whole;
}

export function viewOf(field: FieldMeta): FieldView {
  return {
    name: field.name,
    kind: kindOf(field),
    required: field.required && field.kind !== 'boolean' && field.kind !== 'list',
    ...(field.choices ? { choices: field.choices } : {}),
    ...(field.fields ? { columns: field.fields.map(viewOf) } : {}),
    ...(field.tag === 'account' ? { from: colleagues } : {}),
  };
}

/** People of one's own unit and those next to it: whom one can hand over to, who can sign second. */
const colleagues = {
  path: 'colleagues',
  value: 'account',
  label: (row: Record<string, unknown>) => String(row.name ?? row.account),
};

const kinds: Record<string, FieldKind> = {
  boolean: 'boolean',
  integer: 'integer',
  number: 'number',
  instant: 'moment',
  day: 'day',
  choice: 'choice',
  free_text: 'long_text',
};

function kindOf(field: FieldMeta): FieldKind {
  if (field.kind === 'id')
    return field.tag === 'person'
      ? 'person'
      : field.tag === 'unit'
        ? 'unit'
        : field.tag === 'account'
          ? 'pick'
          : 'text';
  if (field.kind !== 'list') return kinds[field.kind] ?? 'text';
  if (field.item === 'choice') return 'choices';
  if (field.item === 'object') return 'rows';
  return field.item === 'id' ? 'ids' : 'texts';
}
