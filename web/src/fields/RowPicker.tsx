/** Chooses a row of some list by what people call it: a free room, an open box. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWhole } from '@/api/queries';
import type { ControlProps } from '@/ui/form/FieldControl';
import { Combo } from './Combo';

export function RowPicker({ id, field, value, onChange, onBlur, describedBy, invalid }: ControlProps) {
  const { t } = useTranslation();
  const from = field.from;
  const [typed, setTyped] = useState<string>();
  const query = useWhole<Record<string, unknown>>(from?.path ?? '', from?.filters, Boolean(from));
  // Half a list would offer room 14030 for 403: nothing is offered before all of it is there.
  const rows = query.isWhole || query.isError ? query.rows : [];
  const { persons } = query;
  const options = rows.map((row) => ({
    value: String(row[from?.value ?? 'id']),
    label: from?.label(row, persons) ?? '',
  }));
  const many = field.kind === 'ids';
  const chosen = many ? ((value as string[] | undefined) ?? []) : [];
  const text = typed ?? (many ? '' : (options.find((option) => option.value === value)?.label ?? ''));
  const wanted = typed?.toLowerCase() ?? '';
  const shown = options
    .filter((option) => !chosen.includes(option.value) && option.label.toLowerCase().includes(wanted))
    .sort((a, b) => fitOf(a.label, wanted) - fitOf(b.label, wanted));
  return (
    <>
      <Combo
        id={id}
        text={text}
        options={shown}
        isLoading={!query.isWhole && !query.isError}
        describedBy={describedBy}
        invalid={invalid}
        required={field.required}
        none={t('form.none_found')}
        onText={(next) => {
          setTyped(next);
          if (!many) onChange(undefined);
        }}
        onTake={(option) => {
          setTyped(undefined);
          onChange(many ? [...chosen, option.value] : option.value);
        }}
        onBlur={onBlur}
      />
      {chosen.length > 0 && (
        <span className="choices">
          {chosen.map((one) => (
            <button
              key={one}
              type="button"
              className="link-button"
              onClick={() => onChange(chosen.filter((kept) => kept !== one))}
            >
              {options.find((option) => option.value === one)?.label ?? one} ✕
            </button>
          ))}
        </span>
      )}
    </>
  );
}

/** What was typed in full first, then what begins with it: room 403 before 24030. */
function fitOf(label: string, wanted: string): number {
  const text = label.toLowerCase();
  return wanted === '' || text === wanted ? 0 : text.startsWith(wanted) ? 1 : 2;
}
