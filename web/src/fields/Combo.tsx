/** An input with a list below it: typed text narrows or asks, arrows walk, Enter takes. WAI-ARIA combobox pattern. */
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface Option {
  value: string;
  label: string;
  note?: string | undefined;
}

interface Props {
  id: string;
  text: string;
  options: Option[];
  isLoading?: boolean;
  placeholder?: string;
  describedBy?: string | undefined;
  invalid?: boolean;
  required?: boolean | undefined;
  onText: (text: string) => void;
  onTake: (option: Option) => void;
  onBlur?: () => void;
  /** Enter with nothing marked: e.g. start the search. */
  onEnter?: (() => void) | undefined;
  /** Said when nothing fits. */
  none?: React.ReactNode;
}

export function Combo(props: Props) {
  const { t } = useTranslation();
  const listId = useId();
  const [isOpen, setOpen] = useState(false);
  const [marked, setMarked] = useState(-1);
  const options = props.options.slice(0, 50);
  const take = (option: Option) => {
    props.onTake(option);
    setOpen(false);
    setMarked(-1);
  };
  const key = (event: React.KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setMarked((at) => Math.max(0, Math.min(options.length - 1, at + step)));
    } else if (event.key === 'Enter') {
      const option = options[marked] ?? (options.length === 1 ? options[0] : undefined);
      if (isOpen && option) {
        event.preventDefault();
        take(option);
      } else if (props.onEnter) {
        event.preventDefault();
        setOpen(true);
        props.onEnter();
      }
    } else if (event.key === 'Escape') setOpen(false);
  };
  const isShown = isOpen && (options.length > 0 || props.isLoading || Boolean(props.none));
  return (
    <div className="combo">
      <input
        id={props.id}
        className="field-input"
        role="combobox"
        aria-expanded={isShown}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isShown && marked >= 0 ? `${listId}-${String(marked)}` : undefined}
        aria-describedby={props.describedBy}
        aria-invalid={props.invalid || undefined}
        aria-required={props.required || undefined}
        autoComplete="off"
        placeholder={props.placeholder}
        value={props.text}
        onChange={(event) => {
          props.onText(event.target.value);
          setOpen(true);
          setMarked(-1);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => {
          setOpen(false);
          props.onBlur?.();
        }}
        onKeyDown={key}
      />
      <div id={listId} className="combo-list" role="listbox" aria-label={t('form.choices')} hidden={!isShown}>
        {options.map((option, at) => (
          <div
            key={option.value}
            id={`${listId}-${String(at)}`}
            role="option"
            aria-selected={at === marked}
            onPointerDown={(event) => {
              event.preventDefault();
              take(option);
            }}
          >
            {option.label} {option.note && <span className="quiet small">{option.note}</span>}
          </div>
        ))}
        {options.length === 0 && (
          <div role="option" aria-selected={false} aria-disabled="true" className="quiet">
            {props.isLoading ? t('state.loading') : props.none}
          </div>
        )}
      </div>
    </div>
  );
}
