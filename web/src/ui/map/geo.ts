/** Polygons and division codes as a picture needs them. Pure; tested beside. */

type Ring = [number, number][];

export interface County {
  properties: { code: string; name: string; lon: number; lat: number };
  geometry: { type: 'Polygon'; coordinates: Ring[] } | { type: 'MultiPolygon'; coordinates: Ring[][] };
}

export interface Projection {
  width: number;
  height: number;
  at: (lon: number, lat: number) => [number, number];
}

const ringsOf = ({ geometry }: County): Ring[] =>
  geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();

/** Fits counties into a width; across one city the earth is flat, and a degree east shorter by the cosine of the latitude. */
export function fit(counties: County[], width: number, pad = 6): Projection {
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const county of counties)
    for (const ring of ringsOf(county))
      for (const [lon, lat] of ring) {
        west = Math.min(west, lon);
        east = Math.max(east, lon);
        south = Math.min(south, lat);
        north = Math.max(north, lat);
      }
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = (width - 2 * pad) / ((east - west) * shrink);
  return {
    width,
    height: Math.ceil((north - south) * scale) + 2 * pad,
    at: (lon, lat) => [pad + (lon - west) * shrink * scale, pad + (north - lat) * scale],
  };
}

export function pathOf(county: County, projection: Projection): string {
  const point = ([lon, lat]: [number, number]) =>
    projection
      .at(lon, lat)
      .map((side) => side.toFixed(1))
      .join(' ');
  return ringsOf(county)
    .map((ring) => `M${ring.map(point).join('L')}Z`)
    .join('');
}

/** What was counted at a place: a division code of 6, 9 or 12 digits, 0 where it is not coded. */
export interface Counted {
  division: number;
  count: number;
}

/** The code of the county, or of the town, a division lies in; undefined when the code is too short to tell. */
export function countyOf(division: number): string | undefined {
  const text = String(division);
  return text.length >= 6 ? text.slice(0, 6) : undefined;
}

export function townOf(division: number): string | undefined {
  const text = String(division);
  return text.length >= 9 ? text.slice(0, 9) : undefined;
}

/** Sums by a part of the code, in administrative order; what has no such part under ''. */
export function sums(counted: Counted[], by: (division: number) => string | undefined): [string, number][] {
  const all = new Map<string, number>();
  for (const { division, count } of counted) {
    const key = by(division) ?? '';
    all.set(key, (all.get(key) ?? 0) + count);
  }
  return [...all].sort(([a], [b]) => a.localeCompare(b));
}

/** Fixed classes, so that the same colour means the same on every map: none, 1, 2–4, 5–9, 10 and more. */
export function classOf(count: number): 0 | 1 | 2 | 3 | 4 {
  return count <= 0 ? 0 : count === 1 ? 1 : count < 5 ? 2 : count < 10 ? 3 : 4;
}

/** Names are left out where they would lie on one another: the larger counts keep theirs. */
export function freeLabels<One extends { x: number; y: number; width: number; weight: number }>(
  labels: One[],
  height = 16,
): One[] {
  const kept: One[] = [];
  for (const label of [...labels].sort((a, b) => b.weight - a.weight)) {
    const hits = kept.some(
      (other) =>
        Math.abs(other.x - label.x) < (other.width + label.width) / 2 && Math.abs(other.y - label.y) < height,
    );
    if (!hits) kept.push(label);
  }
  return kept;
}
