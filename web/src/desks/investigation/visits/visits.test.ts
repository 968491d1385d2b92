// Without these, a visit pasted here and the stop of a case at the same place would never meet in the index.
import { describe, expect, it } from 'vitest';
import { placeWords } from '../trace/trace';
import { placeName, visitLine } from './visits';

describe('a visit', () => {
  it('names a place as the index does', () => {
    expect(placeName({ place: ' 农贸市场 ', division: 990121001 })).toBe('990121001 农贸市场');
    expect(placeWords(placeName({ place: '农贸市场' })).place).toBe('农贸市场');
    expect(placeName({})).toBe('');
  });

  it('names a vehicle by its service and the day it left', () => {
    const name = placeName({ service: 'G77', place: '3 号车厢', from: '2022-07-16T18:05:00+08:00' });
    expect(placeWords(name)).toEqual({ service: 'G77', day: '2022-07-16', place: 'G77' });
  });

  it('says what was left empty: known by a register, no room or row, no protection', () => {
    expect(visitLine({ place: '店', from: 'a', until: 'b' }, 'p')).toEqual({
      person: 'p',
      place: '0 店',
      from: 'a',
      until: 'b',
      section: 0,
      row: 0,
      known_by: 'registration',
      is_protected: false,
    });
  });
});
