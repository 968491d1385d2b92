// Without these, a printed label could look like a bar code and be read by no scanner.
import { describe, expect, it } from 'vitest';
import { code128Symbols, code128Widths } from './code128';

describe('Code 128', () => {
  it('makes the check symbol of the standard example', () => {
    // "PJJ123C" started in set A has check value 54; started in set B the sum is one more.
    expect(code128Symbols('PJJ123C')).toEqual([104, 48, 42, 42, 17, 18, 19, 35, 55, 106]);
  });
  it('spends eleven modules a symbol and thirteen on the stop', () => {
    const text = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)).join('');
    const total = code128Widths(text).reduce((sum, width) => sum + width, 0);
    expect(total).toBe((1 + text.length + 1) * 11 + 13);
  });
  it('refuses what the set does not have', () => {
    expect(() => code128Symbols('管1')).toThrow();
  });
});
