// Without these, a stay could be counted in the neighbouring county, or a county drawn on its head.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { classOf, countyOf, fit, freeLabels, pathOf, sums, townOf, type County } from './geo';

const square: County = {
  properties: { code: '140423', name: '襄垣县', lon: 113, lat: 36.5 },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [112, 36],
        [114, 36],
        [114, 37],
        [112, 37],
        [112, 36],
      ],
    ],
  },
};

describe('a map', () => {
  it('has north on top, west on the left, and keeps shapes', () => {
    const projection = fit([square], 212);
    expect(projection.at(112, 37)).toEqual([6, 6]);
    const [x, y] = projection.at(114, 36);
    expect(x).toBeCloseTo(206, 6);
    expect((y - 6) / (x - 6)).toBeCloseTo(1 / (2 * Math.cos((36.5 * Math.PI) / 180)), 6);
    expect(pathOf(square, projection).match(/^M6\.0 .*Z$/)).not.toBeNull();
  });
  it('counts a stay in its county and town, and keeps what has no code', () => {
    const counted = [
      { division: 140423100, count: 2 },
      { division: 140423100003, count: 1 },
      { division: 140403, count: 4 },
      { division: 0, count: 3 },
    ];
    expect(sums(counted, countyOf)).toEqual([
      ['', 3],
      ['140403', 4],
      ['140423', 3],
    ]);
    expect(sums(counted, townOf)).toEqual([
      ['', 7],
      ['140423100', 3],
    ]);
  });
  it('has fixed classes', () => {
    expect([0, 1, 2, 4, 5, 9, 10, 5000].map(classOf)).toEqual([0, 1, 2, 2, 3, 3, 4, 4]);
  });
  it('hides a name that would lie on a weightier one', () => {
    const label = (x: number, weight: number) => ({ x, y: 0, width: 40, weight });
    expect(freeLabels([label(0, 1), label(30, 5), label(90, 2)]).map((one) => one.x)).toEqual([30, 90]);
  });
});

describe('the map pack', () => {
  const folder = 'public/geo';
  const index = JSON.parse(readFileSync(`${folder}/index.json`, 'utf8')) as {
    prefix: string;
    source: string;
  }[];
  it('has what its index says, each county and town under its prefix, and the licences', () => {
    expect(index.length).toBeGreaterThan(0);
    for (const { prefix, source } of index) {
      expect(source).not.toBe('');
      const counties = JSON.parse(readFileSync(`${folder}/${prefix}.counties.json`, 'utf8')) as {
        features: County[];
      };
      const codes = counties.features.map((county) => county.properties.code);
      expect(new Set(codes).size).toBe(codes.length);
      expect(codes.every((code) => code.startsWith(prefix))).toBe(true);
      const towns = JSON.parse(readFileSync(`${folder}/${prefix}.towns.json`, 'utf8')) as [number, string][];
      expect(towns.every(([code]) => townOf(code)?.startsWith(prefix))).toBe(true);
      expect(towns.map(([code]) => code)).toEqual(towns.map(([code]) => code).sort((a, b) => a - b));
    }
    expect(readdirSync(folder).filter((name) => name.startsWith('LICENSE'))).toHaveLength(2);
  });
});
