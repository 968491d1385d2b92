/** Open sampling points and how long their lines are: a word, a shape and a colour, and when the point last said so. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, outcomeOf } from '@/api/client';
import type { components } from '@/api/generated/schema';
import { formatMoment, toInstant } from '@/ui/time';
import { fitting } from './fitting';

type Point = components['schemas']['OpenPoints']['points'][number];

const shapes: Record<Point['state'], string> = { clear: '●', busy: '▲', crowded: '■', unknown: '？' };
const renewMs = 20_000;
/** From so many on it is quicker to type than to look. */
const manyPoints = 8;

export function Lines() {
  const { t } = useTranslation();
  const [points, setPoints] = useState<Point[]>();
  const [isMissing, setMissing] = useState(false);
  const [typed, setTyped] = useState('');
  useEffect(() => {
    const renew = () =>
      void outcomeOf(api.GET('/v1/open/points')).then((outcome) => {
        setMissing(outcome.kind !== 'ok');
        if (outcome.kind === 'ok') setPoints(outcome.value.points);
      });
    renew();
    const timer = setInterval(renew, renewMs);
    return () => clearInterval(timer);
  }, []);
  const shown = fitting(points ?? [], typed);
  return (
    <section aria-labelledby="lines-title">
      <h2 id="lines-title">{t('open.lines')}</h2>
      {isMissing && <p role="alert">{t('open.no_lines')}</p>}
      {points?.length === 0 && <p data-testid="none-open">{t('open.none_open')}</p>}
      {points && points.length > manyPoints && (
        <div className="enter">
          <label htmlFor="line-name">{t('open.find')}</label>
          <input
            id="line-name"
            className="field-input"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            data-testid="find-point"
          />
        </div>
      )}
      {points && points.length > 0 && shown.length === 0 && <p>{t('open.none_fits')}</p>}
      <ul className="lines" data-testid="lines">
        {shown.map((point) => (
          <li key={`${point.county} ${point.township} ${point.title}`} data-state={point.state}>
            <span>{point.title}</span>
            <strong>
              <span aria-hidden="true">{shapes[point.state]}</span> {t(`open.state.${point.state}`)}
            </strong>
            {point.told_at && (
              <span className="quiet small line-told">
                {t('open.told_at', { at: formatMoment(toInstant(point.told_at)) })}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
