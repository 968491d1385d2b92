// Without these, a person on the control list would pass a gate that lost the server.
import { describe, expect, it } from 'vitest';
import { judgeBy, tokenOf, type Snapshot } from './snapshot';

const salt = '00'.repeat(31) + '01';
const issued = '2022-07-18T08:00:00+08:00';
const at = (minutes: number) => Date.parse(issued) + minutes * 60_000;
const well = {
  documentNumber: '990121198604121130',
  health: 'green' as const,
  temperature: 36.5,
  places: [],
  historySettled: false,
};
const base: Snapshot = {
  gate: 'g',
  kind: 'hospital',
  county: 990121,
  issued_at: issued,
  rulebook: 'r',
  rules: { fever_c: 37.3, health_code: true, travel_code: false, stars: false, snapshot_min: 120 },
  history_d: 7,
  key_classes: ['high', 'medium'],
  list_version: 12,
  places: [{ place: 110100, class: 'high' }],
  salt,
  stopped: [],
  unclassed: [],
};

describe('a gate without the server', () => {
  it('passes whom nothing speaks against', async () => {
    expect((await judgeBy(base, well, at(5))).verdict).toBe('pass');
  });

  it('finds a person on the control list by token, and nobody else', async () => {
    const token = await tokenOf(well.documentNumber, salt);
    expect(token).toMatch(/^[0-9a-f]{16}$/);
    const listed = { ...base, stopped: [token] };
    expect((await judgeBy(listed, well, at(5))).reasons).toEqual(['on_control_list']);
    expect((await judgeBy(listed, { ...well, documentNumber: '99012119900101001X' }, at(5))).verdict).toBe(
      'pass',
    );
  });

  it('reads places by county, city and province', async () => {
    expect((await judgeBy(base, { ...well, places: [110108] }, at(5))).reasons).toEqual(['key_region']);
    expect((await judgeBy(base, { ...well, places: [110108], historySettled: true }, at(5))).verdict).toBe(
      'pass',
    );
    expect((await judgeBy(base, { ...well, places: [120101] }, at(5))).verdict).toBe('pass');
  });

  it('asks for a call when it is too old', async () => {
    expect((await judgeBy(base, well, at(121))).reasons).toEqual(['snapshot_old']);
  });
});
