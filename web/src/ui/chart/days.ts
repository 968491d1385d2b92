/** A row of days as a line of pixels, and which of them get a tick. Pure; tested beside. */
import { day } from '../time';

export interface Scale {
  from: number;
  until: number;
  width: number;
  x: (instant: number) => number;
}

/** Midnight, Beijing time, at or before an instant. */
export function midnight(instant: number): number {
  const zone = 8 * 3_600_000;
  return Math.floor((instant + zone) / day) * day - zone;
}

/** Whole days around all instants, at least one. */
export function scaleOf(instants: number[], width: number): Scale {
  const known = instants.filter(Number.isFinite);
  const from = midnight(known.reduce((a, b) => Math.min(a, b), Infinity));
  const last = known.reduce((a, b) => Math.max(a, b), -Infinity);
  const start = Number.isFinite(from) ? from : 0;
  const until = Math.max(start + day, midnight(Number.isFinite(last) ? last : 0) + day);
  return { from: start, until, width, x: (instant) => ((instant - start) / (until - start)) * width };
}

/** Days that get a word: every one, every second, every seventh … as many as there is room for. */
export function ticksOf(scale: Scale, least = 56): number[] {
  const days = Math.round((scale.until - scale.from) / day);
  const room = Math.max(1, Math.floor(scale.width / least));
  const step = [1, 2, 7, 14, 28, 56, 112, 364].find((one) => days / one <= room) ?? Math.ceil(days / room);
  const ticks: number[] = [];
  for (let at = 0; at < days; at += step) ticks.push(scale.from + at * day);
  return ticks;
}
