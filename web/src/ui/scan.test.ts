// Without these, a tube could be read as a box, and a Chinese input method could eat half a scan.
import { describe, expect, it } from 'vitest';
import { labelCheck, readScan, ScanCollector } from './scan';

const today = '2022-07-17';
const label = (prefix: string, body: string) => prefix + body + labelCheck(body);

describe('scan parser', () => {
  it.each([
    ['T', 'tube'],
    ['B', 'box'],
    ['R', 'room'],
    ['P', 'person'],
    ['A', 'pass'],
    ['S', 'seal'],
  ])('knows %s as %s', (prefix, kind) => {
    expect(readScan(label(prefix, '0C7K2M9Q'), today)).toMatchObject({ kind: 'label', label: kind });
  });

  it('reads a resident number and makes x an X', () => {
    expect(readScan('11010519491231002x', today)).toMatchObject({
      kind: 'resident',
      number: '11010519491231002X',
    });
  });

  it('refuses a resident number with a wrong digit', () => {
    expect(readScan('990121198604121131', today)).toMatchObject({ kind: 'fault', fault: 'check_digit' });
  });

  it('reads full-width signs, blanks, lower case and the letters readers mistake', () => {
    const code = label('T', '10C7K2M5');
    expect(readScan(` ｔ${code.slice(1).toLowerCase()} `, today)).toMatchObject({ kind: 'label', code });
    expect(readScan('T' + 'IO' + code.slice(3), today)).toMatchObject({ kind: 'label', code });
  });

  it('hears any single wrong sign of a label', () => {
    const body = '0C7K2M9Q';
    for (let at = 0; at < body.length; at += 1) {
      const wrong = body.slice(0, at) + (body.charAt(at) === '5' ? '6' : '5') + body.slice(at + 1);
      expect(readScan('T' + wrong + labelCheck(body), today)).toMatchObject({
        kind: 'fault',
        fault: 'check_character',
      });
    }
  });

  it("agrees with the server on Crockford's own example", () => {
    expect(labelCheck('0000016J')).toBe('D');
    expect(readScan('b 0000016jd', today)).toMatchObject({ kind: 'label', label: 'box', code: 'B0000016JD' });
  });

  it('says unknown of anything else', () => {
    expect(readScan('hello', today)).toMatchObject({ kind: 'fault', fault: 'unknown' });
    expect(readScan('', today)).toMatchObject({ kind: 'fault', fault: 'unknown' });
  });
});

describe('scanner or fingers', () => {
  const type = (collector: ScanCollector, codes: string[], gap: number) =>
    codes.map((code, at) => collector.key(code, false, 1000 + at * gap)).at(-1);
  const codes = ['KeyT', 'Digit0', 'KeyC', 'Digit7', 'KeyK', 'Digit2', 'Enter'];

  it('takes keys that come faster than a hand', () => {
    expect(type(new ScanCollector(), codes, 8)).toBe('T0C7K2');
  });
  it('leaves a slow hand alone', () => {
    expect(type(new ScanCollector(), codes, 90)).toBeUndefined();
  });
  it('starts afresh after a pause', () => {
    const collector = new ScanCollector();
    collector.key('KeyZ', false, 0);
    expect(codes.map((code, at) => collector.key(code, false, 500 + at * 5)).at(-1)).toBe('T0C7K2');
  });
});
