/** The single that answers for a held person: who it is, and a single label nobody is in yet. */
import { Button } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOne, useWhole } from '@/api/queries';
import type { Tube } from '@/api/rows';
import { makeCode } from '@/fields/codes';
import type { ActionFormProps } from '@/ui/desk/types';
import { useOperation } from '@/ui/form/useOperation';
import { FailureText } from '@/ui/States';
import { askedFor, heldIn, labelsFor } from './holds';

export function ResampleForm({ row, kit, onDone, onCancel }: ActionFormProps<Tube>) {
  const { t } = useTranslation();
  const id = useId();
  const { data } = useOne<Tube>('screening/tubes', row.id);
  const sender = kit.session.unit.id;
  const labels = useWhole<Tube>('screening/tubes', { state: 'printed', class: row.class, sender });
  const singles = labelsFor(row, labels.rows);
  const held = heldIn([row], []).filter((one) => !one.resampled);
  const [person, setPerson] = useState(
    held.some((one) => one.person === askedFor()) ? askedFor() : undefined,
  );
  const [tube, setTube] = useState<string>();
  const print = useOperation('screening/print_tubes');
  const link = useOperation('screening/link_person');
  const chosen = { person: person ?? held[0]?.person, tube: tube ?? singles[0]?.id };

  /** Where no label lies ready, one of the pool's class is printed for it. */
  const label = async () => {
    if (chosen.tube) return chosen.tube;
    const made = kit.newId();
    const { class: of, pathogen } = row;
    const tubes = [{ tube: made, code: makeCode('T') }];
    const done = await print.run({ sender, size: 1, class: of, pathogen, tubes });
    return done && made;
  };
  const submit = async () => {
    const into = await label();
    if (!into) return;
    if (await link.run({ tube: into, person: chosen.person, resample_of: row.id })) onDone();
  };
  const failure = print.failure ?? link.failure;
  return (
    <form
      className="form"
      data-testid="form-screening/resample"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {failure && (
        <div className="summary">
          <FailureText failure={failure} />
        </div>
      )}
      <div className="field" data-testid="field-person">
        <label htmlFor={`${id}person`}>{t('screening.hold.person')}</label>
        <select
          id={`${id}person`}
          className="field-select"
          value={chosen.person}
          onChange={(event) => setPerson(event.target.value)}
        >
          {held.map((one) => (
            <option key={one.person} value={one.person}>
              {data?.persons?.[one.person]?.name ?? one.person.slice(-6)}
            </option>
          ))}
        </select>
      </div>
      <div className="field" data-testid="field-tube">
        <label htmlFor={`${id}tube`}>{t('screening.single_tube')}</label>
        <select
          id={`${id}tube`}
          className="field-select mono"
          value={chosen.tube ?? ''}
          onChange={(event) => setTube(event.target.value)}
        >
          {singles.length === 0 && <option value="">{t('screening.print_single')}</option>}
          {singles.map((one) => (
            <option key={one.id} value={one.id}>
              {one.code}
            </option>
          ))}
        </select>
      </div>
      <div className="form-actions">
        <Button
          type="primary"
          htmlType="submit"
          loading={print.isPending || link.isPending}
          disabled={!chosen.person || labels.isPending}
          data-testid="submit"
        >
          {t('op.screening.resample')}
        </Button>
        <Button onClick={onCancel}>{t('action.cancel')}</Button>
      </div>
    </form>
  );
}
