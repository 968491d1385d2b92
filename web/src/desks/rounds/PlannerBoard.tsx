/** What would it take? People, samplers, laboratories and a deadline go in; a plan comes out, or what is missing. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, outcomeOf } from '@/api/client';
import { serverNow } from '@/api/clock';
import type { Failure } from '@/api/outcome';
import { useUnits, unitName } from '@/fields/units';
import { Failed } from '@/ui/States';
import { civilDay, formatMoment, readMoment, toIso } from '@/ui/time';
import { ProposalView } from './ProposalView';
import { filled, keepProposal, readTownships, type AskedPlan, type Proposal } from './proposal';

export function PlannerBoard() {
  const { t } = useTranslation();
  const units = useUnits();
  const labs = units.all.filter((unit) => unit.kind === 'laboratory' && unit.active);
  const [proposal, setProposal] = useState<Proposal>();
  const [failure, setFailure] = useState<Failure>();
  const [wrong, setWrong] = useState('');
  const [isPending, setPending] = useState(false);
  const today = civilDay(serverNow()).slice(5).replace('-', '');

  const submit = async (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const text = (name: string) => String(typed.get(name) ?? '').trim();
    const moment = (name: string) => readMoment(text(name), serverNow());
    const used = labs.filter((lab) => Number(text(`lab-${lab.id}`)) > 0);
    const [start, until, deadline] = [moment('start'), moment('until'), moment('deadline')];
    const townships = readTownships(text('townships'), used.length, Number(text('road')) || 0);
    if (!townships || townships.length === 0) return setWrong('townships');
    if (start === undefined) return setWrong('start');
    if (until === undefined) return setWrong('until');
    if (deadline === undefined) return setWrong('deadline');
    setWrong('');
    const asked: AskedPlan = {
      start: toIso(start),
      deadline: toIso(deadline),
      townships,
      shifts: [{ samplers: Number(text('samplers')), from: toIso(start), until: toIso(until) }],
      labs: used.map((lab) => ({ lab: lab.id, per_day: Number(text(`lab-${lab.id}`)) })),
      vehicles: Number(text('vehicles')),
      ...(text('setup') ? { setup_min: Number(text('setup')) } : {}),
      ...(text('resample') ? { resample_min: Number(text('resample')) } : {}),
      ...(text('prevalence') ? { prevalence: Number(text('prevalence')) / 10_000 } : {}),
      gains: true,
    };
    setPending(true);
    const outcome = await outcomeOf(api.POST('/v1/screening/propose', { body: asked }));
    setPending(false);
    setFailure(outcome.kind === 'ok' ? undefined : outcome);
    const found = outcome.kind === 'ok' ? filled(outcome.value) : undefined;
    setProposal(found);
    if (found) keepProposal(asked, found);
  };
  const field = (name: string, initial: string, mode: 'numeric' | 'decimal' | 'text' = 'numeric') => (
    <div className="field">
      <label htmlFor={`plan-${name}`}>{t(`rounds.plan.${name}`)}</label>
      <input
        id={`plan-${name}`}
        name={name}
        className="field-input"
        inputMode={mode}
        autoComplete="off"
        defaultValue={initial}
        aria-invalid={wrong === name}
      />
    </div>
  );
  return (
    <div className="planner" data-testid="planner">
      <form className="form" onSubmit={(event) => void submit(event)}>
        {wrong && (
          <p className="summary" role="alert">
            {t('rounds.plan.wrong', { field: t(`rounds.plan.${wrong}`) })}
          </p>
        )}
        <div className="field">
          <label htmlFor="plan-townships">{t('rounds.plan.townships')}</label>
          <p className="quiet small">{t('rounds.plan.townships_hint')}</p>
          <textarea
            id="plan-townships"
            name="townships"
            className="field-input mono"
            rows={5}
            aria-invalid={wrong === 'townships'}
          />
        </div>
        {field('start', `${today} 0600`, 'text')}
        {field('until', `${today} 2000`, 'text')}
        {field('deadline', formatMoment(serverNow() + 24 * 3_600_000), 'text')}
        {field('samplers', '')}
        {field('vehicles', '')}
        {field('road', '30')}
        {field('prevalence', '', 'decimal')}
        {field('setup', '')}
        {field('resample', '')}
        {labs.map((lab) => (
          <div className="field" key={lab.id}>
            <label htmlFor={`lab-${lab.id}`}>{t('rounds.plan.lab', { name: unitName(lab) })}</label>
            <input id={`lab-${lab.id}`} name={`lab-${lab.id}`} className="field-input" inputMode="numeric" />
          </div>
        ))}
        <button type="submit" className="link-button" disabled={isPending} data-testid="propose">
          {t('rounds.plan.propose')}
        </button>
      </form>
      {failure && <Failed failure={failure} retry={() => setFailure(undefined)} />}
      {proposal && <ProposalView proposal={proposal} />}
    </div>
  );
}
