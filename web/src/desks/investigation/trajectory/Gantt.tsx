import { useTranslation } from 'react-i18next';
import { DayAxis } from '@/ui/chart/DayAxis';
import { scaleOf } from '@/ui/chart/days';
import { formatMoment } from '@/ui/time';
import { inLines, type Bar, type Point } from './gantt';

interface Props {
  bars: Bar[];
  points: Point[];
  width: number;
  open?: (key: string) => void;
}

const line = 26;
const head = 28;

export function Gantt({ bars, points, width, open }: Props) {
  const { t } = useTranslation();
  const wide = Math.max(width, 340);
  const left = Math.min(150, wide * 0.32);
  const scale = scaleOf(
    [...bars.flatMap((bar) => [bar.from, bar.until]), ...points.map((point) => point.at)],
    wide - left - 12,
  );
  const lines = inLines(bars);
  const height = head + lines.length * line + (points.length > 0 ? 20 : 6);
  return (
    <svg width={wide} height={height} role="img" aria-label={t('gantt.picture')}>
      <DayAxis scale={scale} left={left} top={head} height={lines.length * line} />
      {lines.map(({ label, bars: inLine }, row) => (
        <g key={`${label} ${String(row)}`}>
          <text className="chart-word" x={0} y={head + row * line + 17}>
            {short(label, left)}
            <title>{label}</title>
          </text>
          {inLine.map((bar) => (
            <rect
              key={bar.key}
              className="gantt-bar"
              data-tone={bar.tone}
              data-done={bar.isDone ?? false}
              data-testid="gantt-bar"
              x={left + scale.x(bar.from)}
              y={head + row * line + 5}
              width={Math.max(4, scale.x(bar.until) - scale.x(bar.from))}
              height={line - 10}
              rx={2}
              onClick={() => open?.(bar.key)}
            >
              <title>{`${label} ${formatMoment(bar.from)} – ${formatMoment(bar.until)}`}</title>
            </rect>
          ))}
        </g>
      ))}
      {points.map((point) => {
        const x = left + scale.x(point.at);
        return (
          <g key={point.key}>
            <line className="gantt-point" x1={x} x2={x} y1={head} y2={head + lines.length * line} />
            <text className="chart-word" x={x} y={height - 5} textAnchor={x > wide * 0.7 ? 'end' : 'start'}>
              {point.label}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** As much of a label as stands in its room; a Chinese sign is as wide as two Latin ones. */
function short(label: string, room: number): string {
  let used = 0;
  for (let at = 0; at < label.length; at += 1) {
    used += label.charCodeAt(at) > 0x2e80 ? 13 : 7;
    if (used > room - 14) return `${label.slice(0, at)}…`;
  }
  return label;
}
