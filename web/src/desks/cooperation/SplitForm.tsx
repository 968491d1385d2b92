/** An accepted request split to towns: each person to one of them, each town gets its own list to go through line by line. */
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWhole } from '@/api/queries';
import type { CooperationRequest, RequestLine } from '@/api/rows';
import { unitName, unitNameOf, useUnits } from '@/fields/units';
import { PersonWords } from '@/ui/cells';
import type { ActionFormProps } from '@/ui/desk/types';
import { useOperation } from '@/ui/form/useOperation';
import { FailureText, Loading } from '@/ui/States';
import { sharesOf, type Share } from './split';

export function SplitForm({ row, kit, onDone, onCancel }: ActionFormProps<CooperationRequest>) {
  const { t } = useTranslation();
  const lines = useWhole<RequestLine>('investigation/request_lines', { request: row.id });
  const units = useUnits();
  const [chosen, setChosen] = useState<Record<string, string>>({});
  const deliver = useOperation('investigation/deliver_list');
  const load = useOperation('investigation/load_lines');
  // A second try after a "no" in the middle goes on where the first stopped, with the same lists.
  const made = useRef({ ids: new Map<string, string>(), delivered: new Set<string>() });
  if (!lines.isWhole || units.isLoading) return <Loading />;

  const idOf = (key: string) => {
    const id = made.current.ids.get(key) ?? kit.newId();
    made.current.ids.set(key, id);
    return id;
  };
  const people = lines.rows.filter((line) => line.person && !line.outcome);
  const towns = units.all.filter(
    (unit) => unit.kind === 'township' && unit.active && unit.jurisdiction === kit.session.unit.jurisdiction,
  );
  const source = t('cooperation.split_source', { from: unitNameOf(units.byId, row.sender) });
  const deliverTo = async ({ town, lines: share }: Share) => {
    const body = { list: idOf(town), kind: 'residents', source, township: town, lines: share.length };
    if (!made.current.delivered.has(town) && !(await deliver.run(body))) return false;
    made.current.delivered.add(town);
    const persons = share.map((line, at) => ({
      line: idOf(line),
      number: at + 1,
      person: people.find((one) => one.id === line)?.person,
    }));
    return Boolean(await load.run({ list: idOf(town), lines: persons }));
  };
  const send = async (event: React.FormEvent) => {
    event.preventDefault();
    for (const share of sharesOf(chosen)) if (!(await deliverTo(share))) return;
    onDone();
  };
  const failure = deliver.failure ?? load.failure;
  return (
    <form className="form" onSubmit={(event) => void send(event)} data-testid="form-split">
      {failure && (
        <div className="summary" role="alert">
          <FailureText failure={failure} />
        </div>
      )}
      <p className="hint">
        {t(people.length === 0 ? 'cooperation.nobody_to_split' : 'cooperation.split_hint')}
      </p>
      {people.map((line) => (
        <div className="field" key={line.id}>
          <label htmlFor={`town-${line.id}`}>
            <PersonWords card={lines.persons[line.person ?? '']} id={line.person ?? ''} />
          </label>
          <select
            id={`town-${line.id}`}
            className="field-select"
            value={chosen[line.id] ?? ''}
            data-testid="split-town"
            onChange={(event) => setChosen((before) => ({ ...before, [line.id]: event.target.value }))}
          >
            <option value="">{t('cooperation.not_split')}</option>
            {towns.map((town) => (
              <option key={town.id} value={town.id}>
                {unitName(town)}
              </option>
            ))}
          </select>
        </div>
      ))}
      <div className="form-actions">
        <Button
          type="primary"
          htmlType="submit"
          loading={deliver.isPending || load.isPending}
          disabled={sharesOf(chosen).length === 0}
          data-testid="submit"
        >
          {t('op.cooperation.split_to_towns')}
        </Button>
        <Button onClick={onCancel}>{t('action.cancel')}</Button>
      </div>
    </form>
  );
}
