// Without this, a laboratory that files no sheet any more would be listed as in order for ever.
import { describe, expect, it } from 'vitest';
import { safetyOn } from './safety';

describe('biosafety', () => {
  const sheet = { safety: 'in_order', sheet_due: '2022-08-15' } as const;

  it('is a defect once the day of a missing sheet is over', () => {
    expect(safetyOn(sheet, '2022-08-15')).toBe('in_order');
    expect(safetyOn(sheet, '2022-08-16')).toBe('defect');
    expect(safetyOn({ safety: 'in_order' }, '2022-08-16')).toBe('in_order');
  });

  it('is held when the sheet says so, or the certificate of the cabinet has lapsed', () => {
    expect(safetyOn({ ...sheet, safety: 'held' }, '2022-08-16')).toBe('held');
    expect(safetyOn({ ...sheet, cabinet_certified_until: '2022-08-14' }, '2022-08-14')).toBe('in_order');
    expect(safetyOn({ ...sheet, cabinet_certified_until: '2022-08-14' }, '2022-08-15')).toBe('held');
  });
});
