/** What the planner found: does it meet the deadline, how, and what would help. */
import { useTranslation } from 'react-i18next';
import { Mark } from '@/ui/Mark';
import { Moment } from '@/ui/Countdown';
import { percent } from './columns';
import type { Proposal } from './proposal';

export function ProposalView({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation();
  const { chosen, meets, missing, gains } = proposal;
  const byTownship = new Map<number, { points: number; people: number; samplers: number }>();
  for (const point of proposal.points) {
    const sum = byTownship.get(point.township) ?? { points: 0, people: 0, samplers: 0 };
    byTownship.set(point.township, {
      points: sum.points + 1,
      people: sum.people + point.people,
      samplers: sum.samplers + point.samplers,
    });
  }
  return (
    <section aria-labelledby="proposal-title" data-testid="proposal" data-meets={meets}>
      <h3 id="proposal-title">
        <Mark tone={meets ? 'good' : 'error'}>{t(meets ? 'rounds.plan.meets' : 'rounds.plan.fails')}</Mark>
      </h3>
      {chosen && (
        <p>
          {t('rounds.plan.chosen', {
            size: chosen.tube_size,
            every: chosen.every_min,
            tubes: chosen.tubes,
            vehicles: chosen.vehicles,
          })}{' '}
          {t('rounds.plan.finished')} <Moment at={chosen.finished_at} />
        </p>
      )}
      {!chosen && <p>{t('rounds.plan.never')}</p>}
      {proposal.samplers_owed > 0 && <p>{t('rounds.plan.samplers_owed', { n: proposal.samplers_owed })}</p>}
      {proposal.settled_at && (
        <p>
          {t('rounds.plan.settled', { n: proposal.singles })} <Moment at={proposal.settled_at} />
        </p>
      )}
      {missing.length > 1 && (
        <p>{t(proposal.together ? 'rounds.plan.all_needed' : 'rounds.plan.one_is_enough')}</p>
      )}
      <ul data-testid="missing">
        {missing.map((one) => (
          <li key={`${one.resource} ${String(one.township)}`}>
            {t(`rounds.resource.${one.resource}`)}
            {one.township ? `（${String(one.township)}）` : ''}{' '}
            {one.more === null || one.more === undefined
              ? t('rounds.plan.not_alone')
              : t('rounds.plan.more', { n: one.more })}
          </li>
        ))}
      </ul>
      {gains.some((one) => one.minutes > 0) && (
        <>
          <h4>{t('rounds.plan.sooner')}</h4>
          <ul data-testid="gains">
            {gains.map((one) => (
              <li key={one.resource}>
                {t('rounds.plan.gain', {
                  resource: t(`rounds.resource.${one.resource}`),
                  more: one.more,
                  minutes: one.minutes,
                })}
              </li>
            ))}
          </ul>
        </>
      )}
      <table>
        <caption>{t('rounds.plan.sizes')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('field.tube_size')}</th>
            <th scope="col">{t('rounds.plan.tests_per_100')}</th>
            <th scope="col">{t('rounds.plan.missed')}</th>
          </tr>
        </thead>
        <tbody>
          {proposal.sizes.map((one) => (
            <tr key={one.tube_size}>
              <td>{one.tube_size}</td>
              <td>
                {(one.tests_per_person * 100).toFixed(1)}{' '}
                {!one.within_capacity && <Mark tone="error">{t('rounds.plan.over_capacity')}</Mark>}
              </td>
              <td>
                {percent(one.missed_ratio)}{' '}
                {!one.within_missed && <Mark tone="error">{t('rounds.plan.over_missed')}</Mark>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <table>
        <caption>{t('rounds.plan.by_township')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('field.township')}</th>
            <th scope="col">{t('field.points')}</th>
            <th scope="col">{t('rounds.planned_people')}</th>
            <th scope="col">{t('field.samplers')}</th>
          </tr>
        </thead>
        <tbody>
          {[...byTownship].map(([township, sum]) => (
            <tr key={township}>
              <td>{township}</td>
              <td>{sum.points}</td>
              <td>{sum.people}</td>
              <td>{sum.samplers}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
