/**
 * Who infected whom, laid out as a time tree: across the onset day, down one line a case; a line's children stand below it in
 * the order of their onset, so that no two branches cross. No forces, nothing by chance: the same cases give the same picture.
 * Pure; tested beside.
 */

export interface TreeCase {
  id: string;
  /** Onset, else first positive sample: an instant. */
  at: number;
  /** The onset is not known; `at` is the sample's. */
  isGuess: boolean;
  kind: string;
  cluster?: string | undefined;
}

export interface TreeLink {
  infector: string;
  infectee: string;
  proven: boolean;
}

export interface Branch {
  id: string;
  kind: string;
  at: number;
  isGuess: boolean;
  row: number;
  /** 0: nobody in the picture infected this case. */
  generation: number;
  /** Cases it stands for: 1, or all of a cluster. */
  cases: number;
  /** Last onset of a cluster. */
  until: number;
}

export interface Tree {
  branches: Branch[];
  links: TreeLink[];
  rows: number;
}

/** More cases than this are drawn as clusters. */
export const most = 200;

export function layOut(cases: TreeCase[], links: TreeLink[]): Tree {
  const known = new Map(cases.map((one) => [one.id, one]));
  const drawn = oneInfectorEach(links.filter((link) => known.has(link.infector) && known.has(link.infectee)));
  const children = new Map<string, TreeCase[]>();
  for (const link of drawn) {
    const child = known.get(link.infectee);
    if (child) children.set(link.infector, [...(children.get(link.infector) ?? []), child]);
  }
  const infected = new Set(drawn.map((link) => link.infectee));
  const branches: Branch[] = [];
  const seen = new Set<string>();
  const place = (root: TreeCase) => {
    // By hand, not by recursion: a chain of a thousand generations must not exhaust the stack.
    const wait: [TreeCase, number][] = [[root, 0]];
    for (let next = wait.pop(); next; next = wait.pop()) {
      const [one, generation] = next;
      if (seen.has(one.id)) continue;
      seen.add(one.id);
      branches.push({ ...bare(one), row: branches.length, generation, cases: 1, until: one.at });
      for (const child of byOnset(children.get(one.id) ?? []).reverse()) wait.push([child, generation + 1]);
    }
  };
  const roots = byOnset(cases.filter((one) => !infected.has(one.id)));
  // Trees first, cases that stand alone below them.
  for (const root of roots) if (children.has(root.id)) place(root);
  for (const root of roots) place(root);
  for (const one of byOnset(cases)) place(one); // a circle has no root: drawn, not lost
  return { branches, links: drawn, rows: branches.length };
}

const bare = ({ id, kind, at, isGuess }: TreeCase) => ({ id, kind, at, isGuess });

function byOnset(cases: TreeCase[]): TreeCase[] {
  return [...cases].sort((a, b) => a.at - b.at || a.id.localeCompare(b.id));
}

/** A case has one infector: the proven one; of several alike always the same, whatever their order. */
function oneInfectorEach(links: TreeLink[]): TreeLink[] {
  const best = new Map<string, TreeLink>();
  for (const link of links) {
    const before = best.get(link.infectee);
    if (!before || isBetter(link, before)) best.set(link.infectee, link);
  }
  return [...best.values()].sort((a, b) => a.infectee.localeCompare(b.infectee));
}

const isBetter = (link: TreeLink, before: TreeLink) =>
  link.proven === before.proven ? link.infector < before.infector : link.proven;

/** What a case belongs to when there are too many to draw: its cluster, else its tree. */
export function collapse(cases: TreeCase[], links: TreeLink[]): Tree {
  const groupOf = groups(cases, links);
  const first = new Map<string, TreeCase>();
  const count = new Map<string, number>();
  const until = new Map<string, number>();
  for (const one of byOnset(cases)) {
    const group = groupOf(one);
    if (!first.has(group)) first.set(group, one);
    count.set(group, (count.get(group) ?? 0) + 1);
    until.set(group, Math.max(until.get(group) ?? one.at, one.at));
  }
  const known = new Map(cases.map((one) => [one.id, one]));
  const between: TreeLink[] = [];
  for (const link of links) {
    const [from, to] = [known.get(link.infector), known.get(link.infectee)];
    if (!from || !to) continue;
    const [infector, infectee] = [groupOf(from), groupOf(to)];
    if (infector !== infectee) between.push({ infector, infectee, proven: link.proven });
  }
  const heads = [...first].map(([group, one]) => ({ ...one, id: group, kind: 'cluster' }));
  const tree = layOut(heads, between);
  return {
    ...tree,
    branches: tree.branches.map((one) => ({
      ...one,
      cases: count.get(one.id) ?? 1,
      until: until.get(one.id) ?? one.at,
    })),
  };
}

/** The cases of one group, as `collapse` calls it. */
export function casesOf(group: string, cases: TreeCase[], links: TreeLink[]): TreeCase[] {
  const groupOf = groups(cases, links);
  return cases.filter((one) => groupOf(one) === group);
}

function groups(cases: TreeCase[], links: TreeLink[]): (one: TreeCase) => string {
  const infectorOf = new Map(oneInfectorEach(links).map((link) => [link.infectee, link.infector]));
  const known = new Map(cases.map((one) => [one.id, one]));
  const found = new Map<string, string>();
  return (one) => {
    if (one.cluster) return one.cluster;
    const way = new Set<string>();
    let at = one.id;
    let group = found.get(at);
    while (group === undefined) {
      way.add(at);
      const infector = infectorOf.get(at);
      if (infector === undefined || way.has(infector) || !known.has(infector)) group = at;
      else if (known.get(infector)?.cluster) group = known.get(infector)?.cluster;
      else {
        at = infector;
        group = found.get(at);
      }
    }
    for (const id of way) found.set(id, group);
    return group;
  };
}
