// Without these, a preview could count somebody twice, or an order of 1,001 stays be refused whole.
import { describe, expect, it } from 'vitest';
import { countChanges, groupLines, portions } from './transition';

const line = (class_: string, from: string, change: string) =>
  ({ class: class_, former_profile: from, profile: 'v9', change }) as Parameters<
    typeof groupLines
  >[0][number];

describe('a preview', () => {
  const groups = groupLines([
    line('close_contact', 'v8', 'shortened'),
    line('close_contact', 'v8', 'release_due'),
    line('close_contact', 'v7', 'shortened'),
    line('inbound', 'v8', 'kept'),
    line('close_contact', 'v8', 'shortened'),
  ]);
  it('counts by class and editions, the largest first', () => {
    expect(groups.map(({ class: class_, from, total }) => [class_, from, total])).toEqual([
      ['close_contact', 'v8', 3],
      ['close_contact', 'v7', 1],
      ['inbound', 'v8', 1],
    ]);
    expect(groups[0]?.counts).toEqual({ shortened: 2, release_due: 1 });
  });
  it('adds up to everybody', () => {
    expect(countChanges(groups)).toEqual({ shortened: 3, release_due: 1, kept: 1 });
  });
});

describe('the stays of an order', () => {
  const stay = (id: string, class_ = 'close_contact', pathogen = 'covid19-cn') =>
    ({ id, class: class_, pathogen }) as Parameters<typeof portions>[0][number];
  const order = { pathogen: 'covid19-cn', classes: ['close_contact' as const] };
  it('are of its pathogen and classes, in portions', () => {
    const stays = [stay('a'), stay('b', 'inbound'), stay('c'), stay('d', 'close_contact', 'h5n1'), stay('e')];
    expect(portions(stays, order, 2)).toEqual([['a', 'c'], ['e']]);
    expect(portions([], order)).toEqual([]);
  });
});
