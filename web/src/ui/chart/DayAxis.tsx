import { formatMoment } from '../time';
import { ticksOf, type Scale } from './days';

/** Lines and words of the days, behind whatever is drawn over them. */
export function DayAxis({
  scale,
  left,
  top,
  height,
}: {
  scale: Scale;
  left: number;
  top: number;
  height: number;
}) {
  return (
    <g>
      {ticksOf(scale).map((tick) => {
        const x = left + scale.x(tick);
        return (
          <g key={tick}>
            <line className="chart-line" x1={x} x2={x} y1={top - 4} y2={top + height} />
            <text className="chart-word" x={x + 3} y={top - 8}>
              {formatMoment(tick).slice(0, 5)}
            </text>
          </g>
        );
      })}
    </g>
  );
}
