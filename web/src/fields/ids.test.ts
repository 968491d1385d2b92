// Without these, a record could be born in another county, outside its author's scope.
import { describe, expect, it } from 'vitest';
import { homeOf, makeId } from './ids';

describe('ids', () => {
  const now = Date.parse('2022-07-17T22:40:00+08:00');
  it('has the shape the server takes, and the county inside', () => {
    const id = makeId(990121, now);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(homeOf(id)).toBe(990121);
    expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(now);
  });
  it('is in order of time and does not repeat', () => {
    expect(makeId(990121, now) < makeId(990121, now + 1)).toBe(true);
    expect(new Set(Array.from({ length: 1000 }, () => makeId(990121, now))).size).toBe(1000);
  });
});
