// Without these, a case could be missing from the picture of a chain, or stand under the wrong infector.
import { describe, expect, it } from 'vitest';
import { casesOf, collapse, layOut, most, type TreeCase, type TreeLink } from './tree';

const one = (id: string, at: number, more: Partial<TreeCase> = {}): TreeCase => ({
  id,
  at,
  isGuess: false,
  kind: 'confirmed',
  ...more,
});
const link = (infector: string, infectee: string, proven = true): TreeLink => ({
  infector,
  infectee,
  proven,
});
const rows = (tree: ReturnType<typeof layOut>) =>
  tree.branches.map((branch) => `${branch.id}${String(branch.generation)}`).join(' ');

describe('a time tree', () => {
  it('puts children under their infector, in order of onset, and loners last', () => {
    const cases = [one('d', 4), one('b', 3), one('a', 1), one('c', 2), one('x', 0)];
    const tree = layOut(cases, [link('a', 'b'), link('a', 'c'), link('c', 'd')]);
    expect(rows(tree)).toBe('a0 c1 d2 b1 x0');
    expect(tree.rows).toBe(5);
  });
  it('follows the proven infector where two are named', () => {
    const tree = layOut([one('a', 1), one('b', 2), one('c', 3)], [link('a', 'c', false), link('b', 'c')]);
    expect(tree.links).toEqual([link('b', 'c')]);
    expect(rows(tree)).toBe('b0 c1 a0');
  });
  it('draws every case once, also in a circle, also with links to cases it was not given', () => {
    const tree = layOut([one('a', 1), one('b', 2)], [link('a', 'b'), link('b', 'a'), link('z', 'a')]);
    expect(tree.branches.map((branch) => branch.id).sort()).toEqual(['a', 'b']);
  });
  it('gives the same picture whatever the order of what is known', () => {
    const cases = Array.from({ length: 60 }, (_, at) => one(`c${String(at)}`, (at * 7) % 20));
    const links = cases.slice(1).map((infectee, at) => link(`c${String(Math.floor(at / 3))}`, infectee.id));
    const straight = layOut(cases, links);
    const turned = layOut([...cases].reverse(), [...links].reverse());
    expect(turned.branches).toEqual(straight.branches);
  });
  it('stands a chain of ten thousand generations', () => {
    const cases = Array.from({ length: 10_000 }, (_, at) => one(String(at), at));
    const links = cases.slice(1).map((infectee, at) => link(String(at), infectee.id));
    expect(layOut(cases, links).branches.at(-1)?.generation).toBe(9_999);
    expect(collapse(cases, links).branches).toHaveLength(1);
  });
  it('collapses many cases into their clusters and loses none', () => {
    const cases = Array.from({ length: most + 50 }, (_, at) =>
      one(String(at), at, at < 100 ? { cluster: 'market' } : {}),
    );
    const links = [...cases.slice(101).map((infectee) => link('100', infectee.id)), link('3', '100', false)];
    const tree = collapse(cases, links);
    expect(tree.branches.map((branch) => [branch.id, branch.cases, branch.until])).toEqual([
      ['market', most + 50, most + 49],
    ]);
    const apart = collapse(cases, links.slice(0, -1));
    expect(apart.branches.map((branch) => [branch.id, branch.cases])).toEqual([
      ['market', 100],
      ['100', most - 50],
    ]);
    expect(casesOf('100', cases, links.slice(0, -1))).toHaveLength(most - 50);
  });
});
