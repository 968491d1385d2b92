/** One field: label above, control, unit beside, hint and fault below, all tied together for screen readers. */
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { PersonPicker } from '@/fields/PersonPicker';
import { RowPicker } from '@/fields/RowPicker';
import { UnitPicker } from '@/fields/UnitPicker';
import { MomentInput } from '@/fields/MomentInput';
import type { FieldView, Values } from './fields';
import { RowsInput, type CellFaults } from './RowsInput';

export interface ControlProps {
  id: string;
  field: FieldView;
  value: unknown;
  onChange: (value: unknown) => void;
  onBlur: () => void;
  describedBy: string | undefined;
  invalid: boolean;
  /** Of a grid. */
  cells?: CellFaults;
}

export function labelOf(field: FieldView): string {
  return field.label ?? `field.${field.name.split('.').pop() ?? field.name}`;
}

export function choiceKey(field: FieldView, value: string): string {
  return `choice.${field.name.split('.').pop() ?? field.name}.${value}`;
}

interface Props {
  field: FieldView;
  value: unknown;
  fault: React.ReactNode;
  onChange: (value: unknown) => void;
  onBlur: () => void;
  formId: string;
  cells?: CellFaults;
}

const noFaults: CellFaults = {};

export function FieldControl({ field, value, fault, onChange, onBlur, formId, cells = noFaults }: Props) {
  const { t } = useTranslation();
  const unique = useId();
  const id = fieldId(formId, field.name);
  const hintId = `${unique}h`;
  const faultId = `${unique}f`;
  const described = [field.hint ? hintId : '', fault ? faultId : ''].filter(Boolean).join(' ') || undefined;
  const control: ControlProps = {
    id,
    field,
    value,
    onChange,
    onBlur,
    describedBy: described,
    invalid: Boolean(fault),
    cells,
  };
  const grouped = field.kind === 'choices' || (field.kind === 'choice' && (field.choices?.length ?? 0) <= 5);
  const isGrid = field.kind === 'rows';
  const notes = (
    <>
      {field.hint && (
        <span id={hintId} className="hint">
          {t(field.hint)}
        </span>
      )}
      {fault && (
        <span id={faultId} className="wrong">
          {fault}
        </span>
      )}
    </>
  );
  const label = (
    <>
      {t(labelOf(field))}
      {!field.required && field.kind !== 'boolean' && (
        <span className="quiet small"> {t('form.optional')}</span>
      )}
    </>
  );
  if (grouped || isGrid) {
    return (
      <fieldset
        className="field"
        id={isGrid ? undefined : id}
        tabIndex={-1}
        data-testid={`field-${field.name}`}
        aria-describedby={described}
      >
        <legend>{label}</legend>
        {isGrid ? <Control {...control} /> : <Choices {...control} many={field.kind === 'choices'} />}
        {notes}
      </fieldset>
    );
  }
  if (field.kind === 'boolean') {
    return (
      <div className="field" data-testid={`field-${field.name}`}>
        <label className="tick">
          <input
            id={id}
            type="checkbox"
            checked={value === true}
            onChange={(event) => onChange(event.target.checked)}
          />
          {t(labelOf(field))}
        </label>
        {notes}
      </div>
    );
  }
  return (
    <div className="field" data-testid={`field-${field.name}`}>
      <label htmlFor={id}>{label}</label>
      {field.unit ? (
        <span className="with-unit">
          <Control {...control} />
          <span>{field.unit}</span>
        </span>
      ) : (
        <Control {...control} />
      )}
      {notes}
    </div>
  );
}

export function fieldId(formId: string, name: string): string {
  return `${formId}-${name.replace(/\./g, '-')}`;
}

function Control(props: ControlProps) {
  const { field, value, onChange } = props;
  switch (field.kind) {
    case 'person':
      return <PersonPicker {...props} />;
    case 'unit':
      return <UnitPicker {...props} />;
    case 'pick':
    case 'ids':
      return <RowPicker {...props} />;
    case 'moment':
    case 'day':
      return <MomentInput {...props} />;
    case 'rows':
      return (
        <RowsInput
          field={field}
          value={(value as Values[] | undefined) ?? []}
          onChange={onChange}
          id={props.id}
          faults={props.cells ?? noFaults}
        />
      );
    case 'choice':
      return <ChoiceSelect {...props} />;
    case 'long_text':
    case 'texts':
      return (
        <textarea
          {...plain(props)}
          rows={field.kind === 'texts' ? 4 : 2}
          value={asText(value)}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    default:
      return (
        <input
          {...plain(props)}
          type="text"
          inputMode={field.kind === 'integer' ? 'numeric' : field.kind === 'number' ? 'decimal' : undefined}
          autoCapitalize={
            field.kind === 'document' || field.kind === 'scan' || field.kind === 'resident_id'
              ? 'characters'
              : undefined
          }
          value={asText(value)}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}

function plain({ id, describedBy, invalid, onBlur, field }: ControlProps) {
  return {
    id,
    className: 'field-input',
    autoComplete: 'off',
    'aria-describedby': describedBy,
    'aria-invalid': invalid || undefined,
    'aria-required': field.required || undefined,
    onBlur,
  };
}

function asText(value: unknown): string {
  if (Array.isArray(value)) return value.join('\n');
  return value === undefined || value === null ? '' : String(value);
}

function ChoiceSelect({ id, field, value, onChange, describedBy, invalid }: ControlProps) {
  const { t } = useTranslation();
  return (
    <select
      id={id}
      className="field-select"
      value={asText(value)}
      aria-describedby={describedBy}
      aria-invalid={invalid || undefined}
      onChange={(event) => onChange(event.target.value || undefined)}
    >
      <option value="">{t('form.choose')}</option>
      {field.choices?.map((choice) => (
        <option key={choice} value={choice}>
          {t(choiceKey(field, choice))}
        </option>
      ))}
    </select>
  );
}

function Choices({ id, field, value, onChange, many }: ControlProps & { many: boolean }) {
  const { t } = useTranslation();
  const chosen = many ? ((value as string[] | undefined) ?? []) : [value as string];
  const change = (choice: string, on: boolean) => {
    if (!many) onChange(choice);
    else onChange(on ? [...chosen, choice] : chosen.filter((one) => one !== choice));
  };
  return (
    <div className="choices">
      {field.choices?.map((choice) => (
        <label key={choice} className="choice">
          <input
            type={many ? 'checkbox' : 'radio'}
            name={id}
            value={choice}
            checked={chosen.includes(choice)}
            onChange={(event) => change(choice, event.target.checked)}
          />
          <span>{t(choiceKey(field, choice))}</span>
        </label>
      ))}
    </div>
  );
}
