import { describe, expect, it } from 'vitest';
import { fitting } from './fitting';

const points = [
  { title: '西门', state: 'crowded' },
  { title: '东广场', state: 'busy' },
  { title: 'North Gate', state: 'clear' },
  { title: '南门', state: 'clear' },
] as const;

describe('points to choose from', () => {
  it('shows where one waits least first, and keeps the order of the rest', () => {
    expect(fitting(points, '').map((point) => point.title)).toEqual(['North Gate', '南门', '东广场', '西门']);
  });
  it('finds by a part of the name, whatever the case', () => {
    expect(fitting(points, '门').map((point) => point.title)).toEqual(['南门', '西门']);
    expect(fitting(points, ' north').map((point) => point.title)).toEqual(['North Gate']);
    expect(fitting(points, 'nowhere')).toEqual([]);
  });
});
