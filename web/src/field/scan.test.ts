// Without this, a passport at a field page would be a fault, or a tube's label somebody's passport.
import { describe, expect, it } from 'vitest';
import { labelCheck } from '@/ui/scan';
import { readField } from './scan';

const today = '2022-07-17';

describe('the scan field', () => {
  it('takes the resident card without a word', () => {
    expect(readField('990121198604121130', today)).toMatchObject({
      kind: 'person',
      document: { type: 'resident_id', number: '990121198604121130' },
    });
  });

  it('takes another document when told which', () => {
    expect(readField('E12345678', today)).toMatchObject({ kind: 'fault', fault: 'unknown' });
    expect(readField('e1234 5678', today, 'passport')).toMatchObject({
      kind: 'person',
      document: { type: 'passport', number: 'E12345678' },
    });
    expect(readField('E1', today, 'passport')).toMatchObject({ kind: 'fault', fault: 'document' });
  });

  it('knows a label as one, whatever document was said', () => {
    const code = `T00000001${labelCheck('00000001')}`;
    expect(readField(code, today, 'passport')).toMatchObject({ kind: 'label', label: 'tube', code });
  });
});
