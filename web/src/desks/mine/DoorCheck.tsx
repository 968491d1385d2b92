/** The daily check at the door: a temperature and no signs is one number and one press; signs open the whole form. */
import { Button } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureText } from '@/ui/States';
import { useOperation } from '@/ui/form/useOperation';

interface Props {
  stay: string;
  more: () => void;
}

export function DoorCheck({ stay, more }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState('');
  const [isWrong, setWrong] = useState(false);
  const { run, failure, isPending } = useOperation('isolation/record_check');
  const record = async (event: React.FormEvent) => {
    event.preventDefault();
    const temperature = Number(text.trim());
    const isNumber = text.trim() !== '' && Number.isFinite(temperature);
    setWrong(!isNumber);
    if (isNumber && (await run({ stay, temperature, signs: [] }))) setText('');
  };
  return (
    <form className="door-check" onSubmit={(event) => void record(event)} noValidate>
      <label htmlFor={id}>{t('mine.no_signs')}</label>
      <span className="with-unit">
        <input
          id={id}
          className="field-input"
          inputMode="decimal"
          autoComplete="off"
          placeholder="36.5"
          aria-invalid={isWrong || undefined}
          aria-describedby={isWrong ? `${id}f` : undefined}
          data-testid="temperature"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <span>℃</span>
        <Button type="primary" htmlType="submit" loading={isPending} data-testid="record-check">
          {t('mine.record')}
        </Button>
        <Button onClick={more}>{t('mine.has_signs')}</Button>
      </span>
      {isWrong && (
        <span id={`${id}f`} className="wrong">
          {t('form.fault.number')}
        </span>
      )}
      {failure && (
        <div className="summary">
          <FailureText failure={failure} />
        </div>
      )}
    </form>
  );
}
