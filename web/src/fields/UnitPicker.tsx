import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ControlProps } from '@/ui/form/FieldControl';
import { Combo } from './Combo';
import { unitName, useUnits } from './units';

export function UnitPicker({ id, field, value, onChange, onBlur, describedBy, invalid }: ControlProps) {
  const { t } = useTranslation();
  const units = useUnits();
  const [typed, setTyped] = useState<string>();
  const chosen = typeof value === 'string' ? units.byId.get(value) : undefined;
  const text = typed ?? (chosen ? unitName(chosen) : '');
  const wanted = text.toLowerCase();
  const options = units.all
    .filter(
      (unit) =>
        typed === undefined ||
        [unit.name_zh, unit.name_en, unit.code].some((name) => name.toLowerCase().includes(wanted)),
    )
    .map((unit) => ({ value: unit.id, label: unitName(unit), note: String(unit.jurisdiction) }));
  return (
    <Combo
      id={id}
      text={text}
      options={options}
      isLoading={units.isLoading}
      describedBy={describedBy}
      invalid={invalid}
      required={field.required}
      none={t('form.none_found')}
      onText={(next) => {
        setTyped(next);
        onChange(undefined);
      }}
      onTake={(option) => {
        setTyped(undefined);
        onChange(option.value);
      }}
      onBlur={onBlur}
    />
  );
}
