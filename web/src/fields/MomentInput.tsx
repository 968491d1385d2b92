/** A moment or a day, typed as digits (2240, 0717 2240, 0315) or picked; the reading is shown while typing. */
import { CalendarOutlined } from '@ant-design/icons';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '@/api/clock';
import type { ControlProps } from '@/ui/form/FieldControl';
import { formatFull, formatMoment, readDay, readMoment } from '@/ui/time';

export function MomentInput({ id, field, value, onChange, onBlur, describedBy, invalid }: ControlProps) {
  const { t } = useTranslation();
  const picker = useRef<HTMLInputElement>(null);
  const text = value === undefined || value === null ? '' : String(value);
  const isDay = field.kind === 'day';
  const reading =
    text === '' ? undefined : isDay ? readDay(text, serverNow()) : readMoment(text, serverNow());
  return (
    <span className="with-unit">
      <input
        id={id}
        className="field-input"
        type="text"
        inputMode="numeric"
        autoComplete="off"
        placeholder={isDay ? 'MMDD' : t('form.now_or')}
        value={text}
        aria-describedby={describedBy}
        aria-invalid={invalid || undefined}
        aria-required={field.required || undefined}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onBlur}
      />
      <span className="pick-date">
        <button
          type="button"
          className="icon-button plain"
          aria-label={t('form.pick_date')}
          onClick={() => picker.current?.showPicker()}
        >
          <CalendarOutlined aria-hidden />
        </button>
        <input
          ref={picker}
          type={isDay ? 'date' : 'datetime-local'}
          aria-hidden="true"
          tabIndex={-1}
          onChange={(event) => onChange(event.target.value.replace('T', ' '))}
        />
      </span>
      <span className="quiet small">
        {typeof reading === 'number'
          ? formatFull(reading).slice(0, 16)
          : (reading ?? (text === '' && !isDay ? formatMoment(serverNow()) : ''))}
      </span>
    </span>
  );
}
