/**
 * Taking a patient's sample is one act for the sampler: order, tube, person, seal. The server keeps them as the four
 * records they are; if one is refused, what was done stays done and the next try goes on from there.
 */
import { Button } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, command } from '@/api/client';
import type { Failure } from '@/api/outcome';
import { FailureError } from '@/api/outcome';
import type { Page } from '@/api/queries';
import type { Encounter, Tube } from '@/api/rows';
import { makeCode } from '@/fields/codes';
import type { ActionFormProps, Kit } from '@/ui/desk/types';
import { FailureText } from '@/ui/States';
import { readScan } from '@/ui/scan';
import { civilDay, readMoment, toIso } from '@/ui/time';
import { tell } from '@/ui/toasts';

type Step = 'order' | 'tube' | 'link' | 'seal';

export function SampleForm({ row, kit, onDone, onCancel }: ActionFormProps<Encounter>) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const id = useId();
  const [code, setCode] = useState('');
  const [takenAt, setTakenAt] = useState('');
  const [failure, setFailure] = useState<Failure>();
  const [isPending, setPending] = useState(false);
  const done = useRef<{ steps: Set<Step>; tube?: string }>({ steps: new Set() });
  const scan = readScan(code, civilDay(kit.now));
  const isTube = scan.kind === 'label' && scan.label === 'tube';

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (!isTube) return;
    setPending(true);
    const instant = takenAt.trim() ? readMoment(takenAt, kit.now) : undefined;
    const when = instant === undefined ? {} : { occurred_at: toIso(instant) };
    const no = await takeSample(row, scan.code, kit, when, done.current);
    setPending(false);
    setFailure(no);
    void queries.invalidateQueries({ queryKey: ['list'] });
    void queries.invalidateQueries({ queryKey: ['duties'] });
    if (no) return;
    tell({ tone: 'good', text: t('hospitals.sampled', { code: scan.code }) });
    onDone();
  };

  return (
    <form className="form" onSubmit={(event) => void submit(event)} data-testid="form-hospitals/take_sample">
      {failure && (
        <div className="summary">
          <FailureText failure={failure} />
        </div>
      )}
      <p className="quiet">{t('hospitals.sample_explain')}</p>
      <div className="field">
        <label htmlFor={`${id}code`}>{t('field.tube_code')}</label>
        <input
          id={`${id}code`}
          className="field-input mono"
          autoComplete="off"
          autoCapitalize="characters"
          autoFocus
          data-testid="tube-code"
          aria-invalid={(code !== '' && !isTube) || undefined}
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
        <span className="hint">
          {code !== '' && !isTube ? t('hospitals.not_a_tube') : t('hospitals.tube_hint')}
        </span>
        <button
          type="button"
          className="link-button"
          data-testid="new-tube-code"
          onClick={() => setCode(makeCode('T'))}
        >
          {t('hospitals.new_code')}
        </button>
      </div>
      <div className="field">
        <label htmlFor={`${id}at`}>
          {t('field.occurred_at')} <span className="quiet small">{t('form.optional')}</span>
        </label>
        <input
          id={`${id}at`}
          className="field-input"
          inputMode="numeric"
          placeholder={t('form.now_or')}
          value={takenAt}
          onChange={(event) => setTakenAt(event.target.value)}
        />
      </div>
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={isPending} disabled={!isTube} data-testid="submit">
          {t('op.hospitals.take_sample')}
        </Button>
        <Button onClick={onCancel}>{t('action.cancel')}</Button>
      </div>
    </form>
  );
}

async function takeSample(
  row: Encounter,
  code: string,
  kit: Kit,
  when: Record<string, unknown>,
  done: { steps: Set<Step>; tube?: string },
): Promise<Failure | undefined> {
  const step = async (name: Step, operation: string, body: Record<string, unknown>) => {
    if (done.steps.has(name)) return undefined;
    const outcome = await command(operation, { ...body, ...when });
    if (outcome.kind !== 'ok') return outcome;
    done.steps.add(name);
    return undefined;
  };
  const ordered = await step('order', 'hospitals/order_sample', {
    encounter: row.id,
    tube_code: code,
    pool_size: 1,
  });
  if (ordered) return ordered;
  const sampleClass = row.emergency ? 'emergency' : 'fever_clinic';
  if (!done.tube) {
    const known = await printedTube(code);
    if (typeof known === 'object') return known;
    done.tube = known ?? kit.newId();
    if (known) done.steps.add('tube');
  }
  const tube = done.tube;
  return (
    (await step('tube', 'screening/print_tubes', {
      sender: row.clinic,
      tubes: [{ tube, code }],
      size: 1,
      class: sampleClass,
      pathogen: row.pathogen,
    })) ??
    (await step('link', 'screening/link_person', {
      tube,
      person: row.person,
      encounter: row.id,
      class: sampleClass,
    })) ??
    (await step('seal', 'screening/seal_tube', { tube }))
  );
}

/** The id of a tube whose label was printed before, if there is one of this code. */
async function printedTube(code: string): Promise<string | undefined | Failure> {
  try {
    const page = await ask<Page<Tube>>('/v1/screening/tubes', { code, limit: 1 });
    return page.rows[0]?.id;
  } catch (error) {
    return error instanceof FailureError ? error.failure : { kind: 'unreachable' };
  }
}
