/** Points whose name holds what was typed, the free ones first, otherwise as they came. */
const order = { clear: 0, busy: 1, unknown: 2, crowded: 3 };

export function fitting<P extends { title: string; state: keyof typeof order }>(
  points: readonly P[],
  typed: string,
): P[] {
  const wanted = typed.trim().toLowerCase();
  return points
    .filter((point) => point.title.toLowerCase().includes(wanted))
    .sort((a, b) => order[a.state] - order[b.state]);
}
