/** The equation of a list: every line is somewhere, and which are left is said aloud. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { AreaList } from '@/api/rows';
import { Mark } from '@/ui/Mark';
import { equation } from './equation';

export function ListBelow({ row }: { row: AreaList }) {
  const { t } = useTranslation();
  const { parts, sum, holds } = equation(row);
  return (
    <section className="card" aria-label={t('cooperation.equation')} data-testid="equation">
      <h3>{t('cooperation.equation')}</h3>
      <p className="equation">
        <b>{t('cooperation.of_lines', { n: row.lines })}</b> ={' '}
        {parts.map(({ state, n }, at) => (
          <span key={state}>
            {at > 0 && ' + '}
            {t(state === 'missing' ? 'cooperation.not_loaded' : `choice.line_state.${state}`)} {n}
          </span>
        ))}
      </p>
      <div className="equation-bar" aria-hidden="true">
        {parts
          .filter(({ n }) => n > 0)
          .map(({ state, n }) => (
            <span key={state} data-state={state} style={{ flexGrow: n }} />
          ))}
      </div>
      <p className="tally">
        <Mark tone={holds ? 'good' : 'error'}>
          {t(holds ? 'cooperation.holds' : 'cooperation.does_not_hold', { sum })}
        </Mark>
        <Mark tone={row.left > 0 ? 'warning' : 'good'}>{t('cooperation.left', { n: row.left })}</Mark>
        {row.escaped > 0 && <Mark tone="error">{t('cooperation.escaped', { n: row.escaped })}</Mark>}
      </p>
      <Link
        to="/d/$desk"
        params={{ desk: 'cooperation' }}
        search={{ view: 'lines', only: 'to_check', part: 'work' }}
      >
        {t('cooperation.to_lines')}
      </Link>
    </section>
  );
}
