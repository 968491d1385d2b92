/** The days of a case as a picture, and the same as a table. */
import { useTranslation } from 'react-i18next';
import type { Case, Gap, Stop } from '@/api/rows';
import { ChartFrame } from '@/ui/chart/ChartFrame';
import { formatMoment, toInstant } from '@/ui/time';
import { Gantt } from './Gantt';
import type { Bar, Point } from './gantt';
import { isSettled } from './stops';

interface Props {
  row: Case;
  stops: Stop[];
  gaps: Gap[];
  open: (stop: string) => void;
}

export function CaseGantt({ row, stops, gaps, open }: Props) {
  const { t } = useTranslation();
  const bars = barsOf(row, stops, gaps, t);
  const points: Point[] = [
    ...(row.onset_day
      ? [{ key: 'onset', label: t('gantt.onset'), at: toInstant(`${row.onset_day}T00:00:00+08:00`) }]
      : []),
    { key: 'sampled', label: t('gantt.sampled'), at: toInstant(row.sampled_at) },
  ];
  return (
    <ChartFrame
      title={t('gantt.title')}
      summary={t('gantt.summary', { stops: stops.length, gaps: gaps.length })}
      testId="gantt"
      picture={(width) => (
        <Gantt
          bars={bars}
          points={points}
          width={width}
          open={(key) => {
            if (stops.some((stop) => stop.id === key)) open(key);
          }}
        />
      )}
      table={
        <table className="list">
          <thead>
            <tr>
              <th scope="col">{t('gantt.what')}</th>
              <th scope="col">{t('field.from')}</th>
              <th scope="col">{t('field.until')}</th>
            </tr>
          </thead>
          <tbody>
            {[...bars]
              .sort((a, b) => a.from - b.from)
              .map((bar) => (
                <tr key={bar.key}>
                  <td>{bar.label}</td>
                  <td>{formatMoment(bar.from)}</td>
                  <td>{formatMoment(bar.until)}</td>
                </tr>
              ))}
            {points.map((point) => (
              <tr key={point.key}>
                <td>{point.label}</td>
                <td>{formatMoment(point.at)}</td>
                <td />
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  );
}

function barsOf(row: Case, stops: Stop[], gaps: Gap[], t: ReturnType<typeof useTranslation>['t']): Bar[] {
  const bars: Bar[] = stops.map((stop) => ({
    key: stop.id,
    label:
      stop.kind === 'stay' ? stop.place : `${t(`choice.vehicle.${stop.kind}`)} ${stop.service ?? ''}`.trim(),
    from: toInstant(stop.from),
    until: toInstant(stop.until),
    tone: stop.kind === 'stay' ? 'stop' : 'trip',
    isDone: isSettled(stop),
  }));
  for (const gap of gaps)
    if (!gap.answered)
      bars.push({
        key: gap.id,
        label: t('gantt.gap'),
        from: toInstant(gap.from),
        until: toInstant(gap.until),
        tone: 'gap',
      });
  if (row.window_from)
    bars.push({
      key: 'infectious',
      label: t('gantt.infectious'),
      from: toInstant(row.window_from),
      until: Math.max(toInstant(row.sampled_at), toInstant(row.window_from)),
      tone: 'infectious',
    });
  return bars;
}
