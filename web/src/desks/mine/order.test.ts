// Without this, somebody who is lost could stand below those who are fine.
import { expect, it } from 'vitest';
import { inOrder } from './order';

const stay = (
  state: 'observing' | 'absconded' | 'ordered',
  nextCheck: string | undefined,
  orderedAt = 'T1',
) => ({
  state,
  next_check: nextCheck,
  ordered_at: orderedAt,
});

it('puts the lost first, then whose check is owed longest, then who is still to come', () => {
  const sorted = inOrder([
    stay('ordered', undefined, 'T2'),
    stay('observing', 'T9'),
    stay('observing', 'T4'),
    stay('ordered', undefined, 'T1'),
    stay('absconded', 'T9'),
  ] as Parameters<typeof inOrder>[0]);
  expect(sorted.map((one) => [one.state, one.next_check ?? one.ordered_at])).toEqual([
    ['absconded', 'T9'],
    ['observing', 'T4'],
    ['observing', 'T9'],
    ['ordered', 'T1'],
    ['ordered', 'T2'],
  ]);
});
