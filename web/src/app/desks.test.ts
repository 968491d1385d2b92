// Without these, a driver could land on the room board of a site, or an administrator lose 系统.
import { describe, expect, it } from 'vitest';
import { desksFor } from './desks';

const seen = (roles: string[], desks: string[], kind = 'cdc') =>
  desksFor({ roles, desks, unit: { kind } } as Parameters<typeof desksFor>[0]);

describe('desks of a role', () => {
  it('give part of a desk a page of its own', () => {
    expect(seen(['TRN'], ['isolation'])).toEqual(['transport']);
    expect(seen(['GRID'], ['isolation', 'investigation'])).toEqual(['mine']);
    expect(seen(['QM'], ['isolation'])).toEqual(['isolation']);
  });
  it('show both to who has both roles', () => {
    expect(seen(['QM', 'TRN'], ['isolation'])).toEqual(['isolation', 'transport']);
    expect(seen(['GRID', 'INV'], ['isolation', 'investigation'])).toEqual([
      'mine',
      'investigation',
      'cooperation',
      'isolation',
    ]);
  });
  it('give lists to the heads of townships, not of clinics', () => {
    expect(seen(['FRP'], ['investigation'], 'township')).toEqual(['cooperation']);
    expect(seen(['FRP'], ['investigation'], 'fever_clinic')).toEqual([]);
  });
  it('keep 系统 for its keepers, whatever the server lists', () => {
    expect(seen(['ADM'], [])).toEqual(['system']);
    expect(seen(['NUR'], ['hospitals', 'system'])).toEqual(['hospitals']);
  });
});
