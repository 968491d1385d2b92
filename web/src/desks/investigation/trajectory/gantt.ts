/** One case's days as bars: could have caught it, ill since, could give it, and where it was. Pure; tested beside. */

export interface Bar {
  key: string;
  /** Words, not a key: places have their own names. */
  label: string;
  from: number;
  until: number;
  tone: 'window' | 'infectious' | 'stop' | 'trip' | 'gap';
  /** Settled stops and answered questions are quieter. */
  isDone?: boolean;
}

export interface Point {
  key: string;
  label: string;
  at: number;
}

/** The bars in lines: what is about the whole case keeps a line of its own, stops of one place share one. */
export function inLines(bars: Bar[]): { label: string; bars: Bar[] }[] {
  const lines = new Map<string, { label: string; bars: Bar[] }>();
  for (const bar of [...bars].sort((a, b) => rank(a) - rank(b) || a.from - b.from)) {
    const key = bar.tone === 'gap' ? 'gap' : `${bar.tone} ${bar.label}`;
    const line = lines.get(key) ?? { label: bar.label, bars: [] };
    line.bars.push(bar);
    lines.set(key, line);
  }
  return [...lines.values()];
}

const order: Bar['tone'][] = ['window', 'infectious', 'gap', 'stop', 'trip'];
// Stops and trips stand in the order of time, whatever they are.
const rank = (bar: Bar) => Math.min(order.indexOf(bar.tone), 3);
