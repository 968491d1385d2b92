// Without these, a mistyped identity number would travel to the server and back before anybody sees it.
import { describe, expect, it } from 'vitest';
import { checkCharacter, isRealDay, readResidentId, widen15 } from './resident_id';

const today = '2022-07-17';

describe('resident identity number', () => {
  it.each([
    ['11010519491231002X', '1949-12-31', 'female'],
    ['440524188001010014', '1880-01-01', 'male'],
    ['990121198604121130', '1986-04-12', 'male'],
    ['99012120010917004x', '2001-09-17', 'female'],
    ['990121 19930128 0243', '1993-01-28', 'female'],
  ])('reads %s', (typed, birth, sex) => {
    expect(readResidentId(typed, today)).toMatchObject({ kind: 'good', birth, sex });
  });

  it.each([
    ['99012119860412113', 'length'],
    ['9901211986041211A0', 'digits'],
    ['990121198602301133', 'birth_date'],
    ['990121198604121131', 'check_digit'],
  ])('refuses %s for its %s', (typed, fault) => {
    expect(readResidentId(typed, today)).toEqual({ kind: 'bad', fault });
  });

  it('refuses a birth date after the day of the realm clock', () => {
    const first17 = '99012120220718001';
    expect(readResidentId(first17 + checkCharacter(first17), today)).toEqual({
      kind: 'bad',
      fault: 'birth_in_future',
    });
  });

  it('hears every single wrong digit', () => {
    const good = '990121198604121130';
    for (let at = 0; at < 17; at += 1) {
      for (let digit = 0; digit < 10; digit += 1) {
        const wrong = good.slice(0, at) + String(digit) + good.slice(at + 1);
        if (wrong !== good) expect(readResidentId(wrong, today).kind).toBe('bad');
      }
    }
  });

  it('widens a number of before 1999', () => {
    expect(widen15('110105491231002')).toBe('11010519491231002X');
  });

  it('knows real days', () => {
    expect(isRealDay('2024-02-29')).toBe(true);
    expect(isRealDay('2023-02-29')).toBe(false);
    expect(isRealDay('2023-13-01')).toBe(false);
  });
});
