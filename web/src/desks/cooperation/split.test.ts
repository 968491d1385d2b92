// Without this, somebody could be sent to two towns, or to none unnoticed.
import { expect, it } from 'vitest';
import { sharesOf } from './split';

it('gives each chosen line to one town, and leaves the others where they are', () => {
  expect(sharesOf({ a: 'siting', b: 'qiao', c: 'siting', d: '' })).toEqual([
    { town: 'siting', lines: ['a', 'c'] },
    { town: 'qiao', lines: ['b'] },
  ]);
  expect(sharesOf({})).toEqual([]);
});
