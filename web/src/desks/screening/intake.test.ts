import { describe, expect, it } from 'vitest';
import { countOf, intakeBody, type Found } from './intake';

const tubes = [{ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'd' }];

describe('a box at the door', () => {
  it('takes no tube as there that nobody saw', () => {
    expect(countOf(tubes, {})).toEqual({ seen: 0, left: 4 });
    expect(countOf(tubes, { a: 'here', b: 'missing' })).toEqual({ seen: 1, left: 2 });
  });
  it('names the missing and the unfit; what lies elsewhere is not spoken of', () => {
    const found: Record<string, Found> = {
      a: 'here',
      b: 'missing',
      c: 'leaking',
      d: 'here',
      other: 'missing',
    };
    expect(intakeBody('box', tubes, found)).toEqual({
      box: 'box',
      missing: ['b'],
      rejected: [{ tube: 'c', reason: 'leaking' }],
    });
  });
});
