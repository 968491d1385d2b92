// Without these, a sample taken while two people stood as one would stay with the wrong one and nobody would be asked.
import { expect, it } from 'vitest';
import { recordsBetween } from './records';

const page = {
  id: 'wang',
  identity: { name: '王*' },
  tubes: [
    { id: 't1', printed_at: '2022-07-17T08:00:00+08:00', sealed_at: '2022-07-17T10:30:00+08:00' },
    { id: 't2', printed_at: '2022-07-17T08:00:00+08:00' },
  ],
  contacts: [{ id: 'c1', named_at: '2022-07-17T10:10:00+08:00' }],
  stays: [{ id: 's1', ordered_at: '2022-07-17T12:00:01+08:00' }],
  events: [{ id: 'e1', recorded_at: '2022-07-17T10:20:00+08:00' }],
};

it('asks of what was recorded between the merge and its undoing, the earliest first', () => {
  const found = recordsBetween(page, 'wang', '2022-07-17T10:00:00+08:00', '2022-07-17T12:00:00+08:00');
  expect(found.map(({ kind, id, at }) => [kind, id, at.slice(11, 16)])).toEqual([
    ['contacts', 'c1', '10:10'],
    ['tubes', 't1', '10:30'],
  ]);
});
