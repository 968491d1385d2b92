// Without this, who was lost first could stand last.
import { describe, expect, it } from 'vitest';
import type { LostLine } from '@/api/views';
import { ordered } from './lost';

const line = (loss: string, due: string) => ({ loss, duty: { due_at: due } }) as LostLine;

describe('the list of lost control', () => {
  const lines = [
    line('missed', '2022-07-17T12:00:00+08:00'),
    line('left', '2022-07-17T11:00:00+08:00'),
    line('never', '2022-07-16T11:00:00Z'),
  ];
  it('has the longest overdue first, whatever the zone it is written in', () => {
    expect(ordered(lines, undefined).map((one) => one.loss)).toEqual(['never', 'left', 'missed']);
  });
  it('narrows to one kind', () => {
    expect(ordered(lines, 'left')).toHaveLength(1);
  });
});
