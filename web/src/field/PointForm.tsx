/** What this point works with today: asked once while the network is there, then kept. The rules come along. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '@/api/client';
import type { Page } from '@/api/queries';
import type { SamplingPointRow, Unit } from '@/api/rows';
import type { RuleEntry } from '@/api/views';
import { poolRules } from '@/offline/rules';
import type { PointSetup, PoolRules } from '@/offline/sampling';
import { pickWords } from './pick';
import type { Shift } from './kit';

const classes = ['mass_round', 'key_group', 'fever_clinic', 'quarantine', 'contact', 'voluntary'];

interface Props {
  shift: Shift;
  before?: PointSetup;
  onSet: (setup: PointSetup, rules: PoolRules) => Promise<void>;
}

interface Known {
  labs: Unit[];
  points: SamplingPointRow[];
  rules: PoolRules;
}

async function know(pathogen: string): Promise<Known> {
  const [units, points, sizes, single] = await Promise.all([
    ask<Page<Unit>>('/v1/command/units', { limit: 500 }),
    ask<Page<SamplingPointRow>>('/v1/screening/points', { state: 'set_up,open,crowded', limit: 200 }),
    ask<RuleEntry>('/v1/rulebook/E.pool.sizes', { pathogen }),
    ask<RuleEntry>('/v1/rulebook/E.pool.single_only', { pathogen }),
  ]);
  return {
    labs: units.rows.filter((unit) => unit.kind === 'laboratory' && unit.active),
    points: points.rows,
    rules: poolRules(sizes, single),
  };
}

export function PointForm({ shift, before, onSet }: Props) {
  const { t } = useTranslation();
  const pathogen = before?.pathogen ?? 'covid19-cn';
  const [known, setKnown] = useState<Known | 'missing'>();
  const [tries, setTries] = useState(0);
  useEffect(() => {
    know(pathogen).then(setKnown, () => setKnown('missing'));
  }, [pathogen, tries]);
  if (known === undefined) return null;
  if (known === 'missing')
    return (
      <section className="notice" role="alert">
        <h2>{t('site.point.no_network')}</h2>
        <p>{t('site.point.no_network_next')}</p>
        <button type="button" className="big" onClick={() => setTries((count) => count + 1)}>
          {t('action.retry')}
        </button>
      </section>
    );
  const submit = (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const point = known.points.find((one) => one.id === typed.get('point'));
    void onSet(
      {
        sender: shift.session.unit.id,
        lab: String(typed.get('lab')),
        class: String(typed.get('class')),
        size: Number(typed.get('size')),
        pathogen,
        ...(point ? { point: point.id } : {}),
        ...(point?.round ? { round: point.round } : {}),
      },
      known.rules,
    );
  };
  const largest = known.rules.sizes.includes(10) ? 10 : (known.rules.sizes.at(-1) ?? 1);
  return (
    <form className="enter" onSubmit={submit} data-testid="point-form">
      <h1>{t('site.point.title')}</h1>
      <p className="quiet">{t('site.point.explain')}</p>
      {known.points.length > 0 && (
        <>
          <label htmlFor="point-point">{t('site.point.point')}</label>
          <select id="point-point" name="point" className="field-select" defaultValue={before?.point ?? ''}>
            <option value="">{t('site.point.own_unit')}</option>
            {known.points.map((point) => (
              <option key={point.id} value={point.id}>
                {point.title}
              </option>
            ))}
          </select>
        </>
      )}
      <label htmlFor="point-lab">{t('site.point.lab')}</label>
      <select id="point-lab" name="lab" className="field-select" required defaultValue={before?.lab}>
        {known.labs.map((lab) => (
          <option key={lab.id} value={lab.id}>
            {pickWords({ zh: lab.name_zh, en: lab.name_en || lab.name_zh })}
          </option>
        ))}
      </select>
      <label htmlFor="point-class">{t('site.point.class')}</label>
      <select
        id="point-class"
        name="class"
        className="field-select"
        defaultValue={before?.class ?? 'mass_round'}
      >
        {classes.map((name) => (
          <option key={name} value={name}>
            {t(`choice.class.${name}`)}
          </option>
        ))}
      </select>
      <label htmlFor="point-size">{t('site.point.size')}</label>
      <select
        id="point-size"
        name="size"
        className="field-select"
        defaultValue={String(before?.size ?? largest)}
      >
        {known.rules.sizes.map((size) => (
          <option key={size} value={size}>
            {t('site.point.size_is', { n: size })}
          </option>
        ))}
      </select>
      <button type="submit" className="big primary" data-testid="submit">
        {t('site.point.begin')}
      </button>
    </form>
  );
}
