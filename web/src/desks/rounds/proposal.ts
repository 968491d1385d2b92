/** The planner's question and answer, and the plan they become. */
import type { components } from '@/api/generated/schema';
import type { Values } from '@/ui/form/fields';

/** Lists the API lets callers leave out; here they are always filled in. */
type Filled<T, K extends keyof T> = T & { [P in K]-?: NonNullable<T[P]> };

export type AskedPlan = Filled<components['schemas']['AskedPlan'], 'townships' | 'shifts' | 'labs'>;
export type Proposal = Filled<components['schemas']['Proposal'], 'points' | 'missing' | 'gains' | 'sizes'>;

export function filled(answer: components['schemas']['Proposal']): Proposal {
  const { points = [], missing = [], gains = [], sizes = [] } = answer;
  return { ...answer, points, missing, gains, sizes };
}

let last: Values = {};

/** What the last proposal on this page would fill into a round's plan; nothing without one. */
export function lastProposal(): Values {
  return last;
}

export function keepProposal(asked: AskedPlan, proposal: Proposal): void {
  if (!proposal.chosen) return;
  const people = asked.townships.reduce((sum, one) => sum + one.people, 0);
  last = {
    people: String(people),
    points: String(proposal.points.length),
    samplers: String(asked.shifts.reduce((most, shift) => Math.max(most, shift.samplers), 0)),
    tube_size: String(proposal.chosen.tube_size),
    labs: asked.labs.map(({ lab, per_day }) => ({ lab, per_day: String(per_day) })),
    townships: asked.townships.map(({ township, people: some }) => ({
      township: String(township),
      people: String(some),
    })),
  };
}

/** Lines of `code people [minutes to each laboratory]`, as pasted from a sheet. */
export function readTownships(
  text: string,
  labs: number,
  roadMin: number,
): AskedPlan['townships'] | undefined {
  const rows: AskedPlan['townships'] = [];
  for (const line of text.split('\n')) {
    if (!line.trim()) continue;
    const cells = line
      .trim()
      .split(/[\s,;，；]+/)
      .map(Number);
    const [township, people, ...road] = cells;
    if (township === undefined || people === undefined || cells.some((cell) => !Number.isFinite(cell)))
      return undefined;
    rows.push({
      township,
      people,
      road_min: Array.from({ length: labs }, (_, at) => road[at] ?? road.at(-1) ?? roadMin),
    });
  }
  return rows;
}
