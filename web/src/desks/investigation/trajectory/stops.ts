/** Stops and the questions between them, in the order of time. Pure; tested beside. */
import type { Gap, Stop } from '@/api/rows';

export type Line<S, G> = { kind: 'stop'; stop: S } | { kind: 'gap'; gap: G };

type KnownStop = Pick<Stop, 'from' | 'until' | 'in_window' | 'outcome' | 'found' | 'judged'>;
type KnownGap = Pick<Gap, 'from' | 'until' | 'answered'>;

export function inTime<S extends KnownStop, G extends KnownGap>(stops: S[], gaps: G[]): Line<S, G>[] {
  const lines: Line<S, G>[] = [
    ...stops.map((stop) => ({ kind: 'stop' as const, stop })),
    ...gaps.map((gap) => ({ kind: 'gap' as const, gap })),
  ];
  const from = (line: Line<S, G>) => (line.kind === 'stop' ? line.stop.from : line.gap.from);
  return lines.sort((a, b) => Date.parse(from(a)) - Date.parse(from(b)));
}

/** A stop of the infectious window is done when it ended in words and everybody found there is judged. */
export function isSettled(stop: KnownStop): boolean {
  return !stop.in_window || (Boolean(stop.outcome) && stop.judged >= stop.found);
}

export function tally(stops: KnownStop[], gaps: KnownGap[]) {
  return {
    openStops: stops.filter((stop) => !isSettled(stop)).length,
    openGaps: gaps.filter((gap) => !gap.answered).length,
  };
}
