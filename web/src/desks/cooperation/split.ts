/** Which people of a request go to which town. Pure; tested beside. */
export interface Share {
  town: string;
  lines: string[];
}

/** A town with its lines, in the order in which the towns were first chosen. */
export function sharesOf(chosen: Record<string, string>): Share[] {
  const shares = new Map<string, string[]>();
  for (const [line, town] of Object.entries(chosen)) {
    if (!town) continue;
    const lines = shares.get(town);
    if (lines) lines.push(line);
    else shares.set(town, [line]);
  }
  return [...shares].map(([town, lines]) => ({ town, lines }));
}
