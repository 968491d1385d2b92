// Without this, a foreigner at a sampling point would be nobody, or somebody else.
import { describe, expect, it } from 'vitest';
import { eighteenDigits, readDocument, tagText } from './documents';

describe('documents other than the resident card', () => {
  it('are read in the form in which numbers are compared', () => {
    expect(readDocument('passport', 'e1234 5678')).toEqual({ type: 'passport', number: 'E12345678' });
    expect(readDocument('hkm_travel_permit', 'H-12345678')?.number).toBe('H12345678');
    expect(readDocument('taiwan_travel_permit', '12345678')?.number).toBe('12345678');
  });

  it('are not read as what they are not', () => {
    expect(readDocument('passport', 'E1')).toBeUndefined();
    expect(readDocument('hkm_travel_permit', 'E12345678')).toBeUndefined();
    expect(readDocument('nothing', 'E12345678')).toBeUndefined();
  });

  it('tell the permit of Hong Kong, Macao and Taiwan from the resident card', () => {
    expect(eighteenDigits('810000199001011234').type).toBe('residence_permit');
    expect(eighteenDigits('990121198604121130').type).toBe('resident_id');
  });

  it('of the same number are not the same', () => {
    expect(tagText({ type: 'passport', number: 'A' })).not.toBe(
      tagText({ type: 'resident_id', number: 'A' }),
    );
  });
});
