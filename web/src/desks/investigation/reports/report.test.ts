// Without these, an officer's words could be lost under a new draft, or a signature stand under words nobody read.
import { describe, expect, it } from 'vitest';
import type { CaseReport } from '@/api/views';
import { changed, standingOf, wordsOf } from './report';

const part = (name: string, draft: string, saved = '') => ({ part: name, title: name, draft, saved });
const report = (...parts: CaseReport['parts']): CaseReport => ({
  title: 'r',
  case_id: 'c',
  kind: 'first',
  version: 0,
  signed_version: 0,
  names_somebody: false,
  parts,
  as_of: { batch: 1, at: '2022-07-17T00:00:00+08:00' },
  persons: {},
});

describe('the words of a part', () => {
  it('are the typed before the saved before the drafted', () => {
    expect(wordsOf(part('basic', 'draft'), {})).toBe('draft');
    expect(wordsOf(part('basic', 'draft', 'saved'), {})).toBe('saved');
    expect(wordsOf(part('basic', 'draft', 'saved'), { basic: '' })).toBe('');
  });
});

describe('what is sent', () => {
  it('is the draft as it stands, when nothing was ever saved, without empty parts', () => {
    expect(changed(report(part('basic', 'a'), part('measures', '')), {})).toEqual({ basic: 'a' });
  });
  it('is otherwise only what differs from what is saved', () => {
    const saved = report(part('basic', 'new draft', 'a'), part('measures', '', 'b'));
    expect(changed(saved, {})).toEqual({});
    expect(changed(saved, { measures: 'c ' })).toEqual({ measures: 'c' });
  });
});

describe('where a report stands', () => {
  it('is signed only while nothing was saved after the signature', () => {
    const at = (version: number, signed: number) => standingOf({ version, signed_version: signed });
    expect([at(0, 0), at(1, 0), at(2, 2), at(3, 2)]).toEqual(['draft', 'saved', 'signed', 'changed']);
  });
});
