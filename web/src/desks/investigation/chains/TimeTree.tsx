/** The time tree as a picture: shape by kind of case, solid line proven, dashed presumed; a press opens the case. */
import { useTranslation } from 'react-i18next';
import { DayAxis } from '@/ui/chart/DayAxis';
import { scaleOf, type Scale } from '@/ui/chart/days';
import { formatMoment } from '@/ui/time';
import type { Branch, Tree } from './tree';

interface Props {
  tree: Tree;
  width: number;
  nameOf: (branch: Branch) => string;
  selected?: string | undefined;
  open: (branch: Branch) => void;
}

const line = 30;
const head = 28;
const left = 12;
const nameRoom = 150;

export function TimeTree({ tree, width, nameOf, selected, open }: Props) {
  const { t } = useTranslation();
  const wide = Math.max(width, 420);
  const scale = scaleOf(
    tree.branches.flatMap((one) => [one.at, one.until]),
    wide - left - nameRoom,
  );
  const height = head + tree.rows * line + 8;
  const byId = new Map(tree.branches.map((one) => [one.id, one]));
  return (
    <svg width={wide} height={height} role="img" aria-label={t('chain.picture', { n: tree.branches.length })}>
      <DayAxis scale={scale} left={left} top={head} height={height - head} />
      {tree.links.map((link) => {
        const from = byId.get(link.infector);
        const to = byId.get(link.infectee);
        if (!from || !to) return null;
        return (
          <path
            key={`${link.infector} ${link.infectee}`}
            className="tree-link"
            data-proven={link.proven}
            d={elbow(place(from, scale), place(to, scale))}
          />
        );
      })}
      {tree.branches.map((one) => (
        <Node
          key={one.id}
          branch={one}
          scale={scale}
          name={nameOf(one)}
          isSelected={one.id === selected}
          open={() => open(one)}
        />
      ))}
    </svg>
  );
}

function place(branch: Branch, scale: Scale) {
  return { x: left + scale.x(branch.at) + 8, y: head + branch.row * line + line / 2 };
}

/** Down from the infector, then across; back to the left too, when days contradict the link. */
function elbow(from: { x: number; y: number }, to: { x: number; y: number }): string {
  return `M${String(from.x)} ${String(from.y)}V${String(to.y)}H${String(to.x)}`;
}

interface NodeProps {
  branch: Branch;
  scale: Scale;
  name: string;
  isSelected: boolean;
  open: () => void;
}

function Node({ branch, scale, name, isSelected, open }: NodeProps) {
  const { x, y } = place(branch, scale);
  const end = branch.cases > 1 ? left + scale.x(branch.until) + 8 : x;
  return (
    <g
      className="tree-node"
      data-selected={isSelected}
      data-testid="tree-node"
      data-id={branch.id}
      onClick={open}
    >
      <rect className="tree-hit" x={x - 10} y={y - line / 2} width={end - x + nameRoom} height={line} />
      {branch.cases > 1 && <line className="tree-span" x1={x} x2={end} y1={y} y2={y} />}
      <Shape kind={branch.kind} isGuess={branch.isGuess} x={x} y={y} />
      <text className="chart-word" x={end + 12} y={y + 4}>
        {name}
        <tspan className="chart-quiet">
          {' '}
          {formatMoment(branch.at).slice(0, 5)}
          {branch.isGuess ? '?' : ''}
        </tspan>
      </text>
    </g>
  );
}

/** Confirmed a disc, asymptomatic a ring, suspected a triangle, screened positive a diamond, a cluster a square. */
export function Shape({ kind, isGuess, x, y }: { kind: string; isGuess?: boolean; x: number; y: number }) {
  const shared = { className: 'tree-shape', 'data-guess': isGuess ?? false };
  const at = (points: [number, number][]) =>
    points.map(([right, down]) => `${String(x + right)},${String(y + down)}`).join(' ');
  switch (kind) {
    case 'asymptomatic':
      return <circle {...shared} data-hollow cx={x} cy={y} r={6} />;
    case 'suspected':
      return (
        <polygon
          {...shared}
          points={at([
            [0, -7],
            [7, 6],
            [-7, 6],
          ])}
        />
      );
    case 'screen_positive':
      return (
        <polygon
          {...shared}
          points={at([
            [0, -7],
            [7, 0],
            [0, 7],
            [-7, 0],
          ])}
        />
      );
    case 'cluster':
      return <rect {...shared} x={x - 7} y={y - 7} width={14} height={14} rx={2} />;
    default:
      return <circle {...shared} cx={x} cy={y} r={6.5} />;
  }
}

export function TreeLegend({ kinds }: { kinds: string[] }) {
  const { t } = useTranslation();
  return (
    <>
      {kinds.map((kind) => (
        <span key={kind}>
          <svg width={18} height={18} aria-hidden="true">
            <Shape kind={kind} x={9} y={9} />
          </svg>
          {kind === 'cluster' ? t('chain.cluster') : t(`choice.case_state.${kind}`)}
        </span>
      ))}
      <span>
        <svg width={30} height={18} aria-hidden="true">
          <path className="tree-link" data-proven="true" d="M2 9H28" />
        </svg>
        {t('chain.proven')}
      </span>
      <span>
        <svg width={30} height={18} aria-hidden="true">
          <path className="tree-link" data-proven="false" d="M2 9H28" />
        </svg>
        {t('chain.presumed')}
      </span>
    </>
  );
}
