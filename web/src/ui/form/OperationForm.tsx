/**
 * Any operation of any desk as a form. Input is kept whatever the answer; refusals and faults stand in a summary on top,
 * which takes the focus, and again beside the field they speak of.
 */
import { Button } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '@/api/clock';
import type { Done, Failure } from '@/api/outcome';
import { pick } from '@/app/i18n';
import { RefusalLine } from '../Refusals';
import { FieldControl, fieldId, labelOf } from './FieldControl';
import {
  cellAt,
  fieldAt,
  readBody,
  readField,
  withoutBlankRows,
  type CellFault,
  type FieldView,
  type LocalFault,
  type Values,
} from './fields';
import type { CellFaults } from './RowsInput';
import { useOperation, type Prepare } from './useOperation';

export interface OperationFormProps {
  /** `<desk>/<operation>` */
  operation: string;
  fields: FieldView[];
  /** Sent along, not shown: the row the form was opened from. */
  fixed?: Values;
  initial?: Values;
  /** Words key of the button; default `op.<desk>.<operation>`. */
  title?: string;
  danger?: boolean;
  /** What is about to be done, shown for a second look before sending. */
  review?: boolean;
  onDone?: (done: Done) => void;
  onCancel?: () => void;
  prepare?: Prepare;
}

const occurredAt: FieldView = { name: 'occurred_at', kind: 'moment' };

export function OperationForm(props: OperationFormProps) {
  const { t } = useTranslation();
  const formId = useId();
  const [values, setValues] = useState<Values>(props.initial ?? {});
  const [faults, setFaults] = useState<Record<string, LocalFault>>({});
  const [cells, setCells] = useState<Record<string, CellFault[]>>({});
  // Nothing to fill in: what is about to be done is shown at once.
  const [isReviewing, setReviewing] = useState(props.review === true && props.fields.length === 0);
  const { run, failure, isPending } = useOperation(props.operation);
  const summary = useRef<HTMLDivElement>(null);
  const fields = [...props.fields, occurredAt];
  const faultNames = Object.keys(faults);

  useEffect(() => {
    if (failure) summary.current?.focus();
  }, [failure]);

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    const typed = withoutBlankRows(fields, values);
    setValues(typed);
    const read = readBody(fields, typed, props.fixed ?? {}, serverNow());
    setFaults(Object.fromEntries(read.faults.map(({ name, fault }) => [name, fault])));
    setCells(Object.fromEntries(read.faults.map((fault) => [fault.name, fault.cells ?? []])));
    if (read.faults.length > 0) {
      setReviewing(false);
      requestAnimationFrame(() => summary.current?.focus());
      return;
    }
    if (props.review && !isReviewing) {
      setReviewing(true);
      return;
    }
    const done = await run(read.body, props.prepare);
    setReviewing(false);
    if (done) props.onDone?.(done);
  };

  const change = (name: string, value: unknown) => {
    setValues((before) => ({ ...before, [name]: value }));
    setCells(({ [name]: _before, ...rest }) => rest);
    setReviewing(false);
  };

  const check = (field: FieldView) => {
    const read = readField({ ...field, required: false }, values[field.name], serverNow());
    setFaults(({ [field.name]: _before, ...rest }) =>
      read.kind === 'fault' ? { ...rest, [field.name]: read.fault } : rest,
    );
  };

  return (
    <form
      className="form"
      onSubmit={(event) => void submit(event)}
      noValidate
      data-testid={`form-${props.operation}`}
    >
      {(failure || faultNames.length > 0) && (
        <Summary ref={summary} formId={formId} fields={fields} faults={faults} failure={failure} />
      )}
      {isReviewing && (
        <div className="banner" role="status">
          {t('form.review')}
        </div>
      )}
      {fields.map((field) => (
        <FieldControl
          key={field.name}
          formId={formId}
          field={field}
          value={values[field.name]}
          fault={faultWords(t, field, faults, failure, fields)}
          onChange={(value) => change(field.name, value)}
          onBlur={() => check(field)}
          {...(field.kind === 'rows' ? { cells: cellWords(t, field, cells[field.name] ?? [], failure) } : {})}
        />
      ))}
      <div className="form-actions">
        <Button
          type="primary"
          htmlType="submit"
          danger={props.danger === true}
          loading={isPending}
          data-testid="submit"
        >
          {isReviewing ? t('form.confirm') : t(props.title ?? `op.${props.operation.replace('/', '.')}`)}
        </Button>
        {props.onCancel && <Button onClick={props.onCancel}>{t('action.cancel')}</Button>}
      </div>
    </form>
  );
}

type Say = ReturnType<typeof useTranslation>['t'];

function faultWords(
  t: Say,
  field: FieldView,
  faults: Record<string, LocalFault>,
  failure: Failure | undefined,
  fields: FieldView[],
) {
  const local = faults[field.name];
  if (local) return t(`form.fault.${local}`);
  if (failure?.kind === 'faults') {
    return (
      failure.faults
        .filter((fault) => fieldAt(fields, fault.path) === field.name)
        .map(pick)
        .join('；') || undefined
    );
  }
  if (failure?.kind === 'refused') {
    return (
      failure.refusals
        .filter((refusal) => fieldAt(fields, refusal.path) === field.name)
        .map(pick)
        .join('；') || undefined
    );
  }
  return undefined;
}

/** Faults of a grid by cell: the page's own, else the server's. */
function cellWords(t: Say, field: FieldView, own: CellFault[], failure: Failure | undefined): CellFaults {
  const words: CellFaults = {};
  const add = (row: number, column: string, text: string) => {
    const key = `${String(row)}/${column}`;
    words[key] = words[key] ? `${words[key]}；${text}` : text;
  };
  for (const { row, column, fault } of own) add(row, column, t(`form.fault.${fault}`));
  const told =
    failure?.kind === 'faults' ? failure.faults : failure && 'refusals' in failure ? failure.refusals : [];
  for (const one of own.length > 0 ? [] : told) {
    const cell = cellAt(field, one.path);
    if (cell) add(cell.row, cell.column, pick(one));
  }
  return words;
}

interface SummaryProps {
  ref: React.Ref<HTMLDivElement>;
  formId: string;
  fields: FieldView[];
  faults: Record<string, LocalFault>;
  failure: Failure | undefined;
}

function Summary({ ref, formId, fields, faults, failure }: SummaryProps) {
  const { t } = useTranslation();
  const link = (name: string | undefined, words: React.ReactNode) =>
    name ? (
      <a href={`#${fieldId(formId, name)}`} onClick={(event) => jump(event, fieldId(formId, name))}>
        {words}
      </a>
    ) : (
      words
    );
  const local = fields.filter((field) => faults[field.name]);
  return (
    <div className="summary" role="alert" tabIndex={-1} ref={ref} data-testid="form-summary">
      <h3>{t(failure && local.length === 0 ? `failure.${failure.kind}.title` : 'form.mend')}</h3>
      <ul>
        {local.map((field) => (
          <li key={field.name}>
            {link(field.name, `${t(labelOf(field))}：${t(`form.fault.${faults[field.name] ?? 'required'}`)}`)}
          </li>
        ))}
        {local.length === 0 &&
          failure?.kind === 'faults' &&
          failure.faults.map((fault) => (
            <li key={fault.path}>{link(fieldAt(fields, fault.path), `${fault.path} ${pick(fault)}`)}</li>
          ))}
        {local.length === 0 &&
          failure &&
          'refusals' in failure &&
          failure.refusals.map((refusal, at) => (
            <li key={`${refusal.code}${String(at)}`}>
              <RefusalLine refusal={refusal} />
            </li>
          ))}
      </ul>
      {local.length === 0 && failure && !('refusals' in failure) && failure.kind !== 'faults' && (
        <p>{t(`failure.${failure.kind}.next`)}</p>
      )}
    </div>
  );
}

function jump(event: React.MouseEvent, id: string) {
  event.preventDefault();
  const control = document.getElementById(id);
  control?.scrollIntoView({ block: 'center' });
  (control?.matches('fieldset') ? control.querySelector<HTMLElement>('input') : control)?.focus();
}
