/** A person found by name, pinyin initials, the tail of a document or a phone number; each search is audited by the server. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearch } from '@/api/queries';
import type { ControlProps } from '@/ui/form/FieldControl';
import { Combo } from './Combo';

export function PersonPicker({ id, field, value, onChange, onBlur, describedBy, invalid }: ControlProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  const search = useSearch(asked);
  const hits = search.data?.rows ?? [];
  const options = asked
    ? hits.map((hit) => ({ value: hit.person, label: hit.name, note: hit.document }))
    : [];
  return (
    <Combo
      id={id}
      text={typed}
      options={options}
      isLoading={search.isFetching}
      placeholder={t('form.person_placeholder')}
      describedBy={describedBy}
      invalid={invalid || (typed !== '' && value === undefined && search.isError)}
      required={field.required}
      none={asked ? t('form.none_found') : t('form.person_enter')}
      onText={(next) => {
        setTyped(next);
        setAsked('');
        onChange(undefined);
      }}
      onEnter={() => setAsked(typed.trim())}
      onTake={(option) => {
        setTyped(option.note ? `${option.label} ${option.note}` : option.label);
        onChange(option.value);
      }}
      onBlur={onBlur}
    />
  );
}
