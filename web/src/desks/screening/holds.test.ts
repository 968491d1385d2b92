// Without this, somebody of a positive pool would wait for a single nobody takes.
import { describe, expect, it } from 'vitest';
import type { Tube } from '@/api/rows';
import type { DutyRow } from '@/api/views';
import { heldIn, labelsFor } from './holds';

const pool = (id: string, size: number, ...members: [string, string][]) =>
  ({ id, size, members: members.map(([person, state]) => ({ person, state })) }) as unknown as Tube;
const duty = (about: string, due_at: string) => ({ about, due_at }) as DutyRow;

describe('who is held', () => {
  it('is every member of a pool whose single has not answered, the most urgent first', () => {
    const pools = [
      pool('a', 10, ['one', 'hold'], ['two', 'resampled'], ['three', 'neg']),
      pool('b', 5, ['four', 'grey']),
    ];
    const held = heldIn(pools, [
      duty('one', '2022-07-18T12:00:00+08:00'),
      duty('four', '2022-07-18T08:00:00+08:00'),
      duty('four', '2022-07-18T20:00:00+08:00'),
    ]);
    expect(held.map(({ person }) => person)).toEqual(['four', 'one', 'two']);
    expect(held[0]?.dueAt).toBe('2022-07-18T08:00:00+08:00');
    expect(held[2]?.resampled).toBe(true);
  });

  it('is nobody of a single: that one is the answer', () => {
    expect(heldIn([pool('a', 1, ['one', 'pos'])], [])).toEqual([]);
  });
});

// Without this, a single of another round or pathogen would be offered, and refused after the swab.
describe('the label of a single', () => {
  const label = (id: string, other: Partial<Tube>) =>
    ({ id, size: 1, class: 'voluntary', pathogen: 'covid19-cn', ...other }) as Tube;
  const held = label('pool', { size: 10, round: 'r1' });

  it('is of the class and pathogen of the pool, and of its round or of none', () => {
    const labels = [
      label('free', {}),
      label('same', { round: 'r1' }),
      label('other round', { round: 'r2' }),
      label('other class', { class: 'mass_round' }),
      label('other pathogen', { pathogen: 'influenza' }),
      label('pooled', { size: 5 }),
    ];
    expect(labelsFor(held, labels).map(({ id }) => id)).toEqual(['free', 'same']);
    expect(labelsFor({ ...held, round: undefined } as Tube, labels).map(({ id }) => id)).toEqual(['free']);
  });
});
