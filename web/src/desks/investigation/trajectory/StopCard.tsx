import { useTranslation } from 'react-i18next';
import type { Stop } from '@/api/rows';
import { Mark } from '@/ui/Mark';
import { formatMoment, toInstant } from '@/ui/time';
import { isSettled } from './stops';

interface Props {
  stop: Stop;
  isSelected: boolean;
  open: () => void;
}

export function StopCard({ stop, isSelected, open }: Props) {
  const { t } = useTranslation();
  const seat = [stop.carriage, stop.row ? t('trajectory.row', { row: stop.row }) : '', stop.seat].filter(
    Boolean,
  );
  return (
    <li className="stop" data-selected={isSelected} data-window={stop.in_window}>
      <span className="stop-time mono small">
        {formatMoment(toInstant(stop.from))}
        <br />
        {formatMoment(toInstant(stop.until))}
      </span>
      <span className="stop-body">
        <button type="button" className="row-open" data-testid="stop" onClick={open}>
          {stop.kind === 'stay'
            ? stop.place
            : `${t(`choice.vehicle.${stop.kind}`)} ${stop.service ?? ''} ${stop.place}`}
        </button>
        <span className="quiet small">
          {[
            stop.kind === 'stay' ? t(`choice.setting.${stop.setting}`) : seat.join(' '),
            t('trajectory.known_by', { how: t(`choice.known_by.${stop.known_by}`) }),
            stop.masked === true
              ? t('trajectory.masked')
              : stop.masked === false
                ? t('trajectory.unmasked')
                : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <span>
          {!stop.in_window ? (
            <span className="quiet small">{t('trajectory.outside')}</span>
          ) : (
            <Mark tone={isSettled(stop) ? 'good' : 'warning'}>
              {stop.outcome ? t(`choice.outcome.${stop.outcome}`) : t('trajectory.not_settled')}
              {stop.found > 0 && ` ${t('trajectory.found', { n: stop.found, judged: stop.judged })}`}
            </Mark>
          )}
        </span>
      </span>
    </li>
  );
}
