// Without this, somebody overdue would be taken off the post a day early, or stay at it.
import { describe, expect, it } from 'vitest';
import { isOverdueOn } from './overdue';

describe('a test by post', () => {
  it('is overdue when its day is over', () => {
    expect(isOverdueOn({ due_day: '2022-07-17' }, '2022-07-17')).toBe(false);
    expect(isOverdueOn({ due_day: '2022-07-17' }, '2022-07-18')).toBe(true);
    expect(isOverdueOn({}, '2022-07-18')).toBe(false);
  });
});
