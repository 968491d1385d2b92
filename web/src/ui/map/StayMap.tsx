/**
 * Where stays lie: counties with a polygon as a map of their city, counties without one as tiles; the towns of the chosen
 * county as tiles in administrative order. What has no code is counted, too, and said.
 */
import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '@/api/client';
import { classOf, countyOf, fit, freeLabels, pathOf, sums, townOf, type Counted, type County } from './geo';

export interface Stayed extends Counted {
  place: string;
}

interface Pack {
  prefix: string;
  name: string;
  source: string;
  review_number: string | null;
}

function usePack<T>(file: string, enabled = true) {
  return useQuery({
    queryKey: ['geo', file],
    enabled,
    staleTime: Infinity,
    queryFn: ({ signal }) => ask<T>(`/geo/${file}`, {}, signal),
  });
}

/** The map of everything counted, to a width. */
export function StayMap({ stays, width }: { stays: Stayed[]; width: number }) {
  const { t } = useTranslation();
  const index = usePack<Pack[]>('index.json');
  const counties = useMemo(() => sums(stays, countyOf), [stays]);
  const [chosen, setChosen] = useState<string>();
  const wanted = (index.data ?? []).filter((pack) => counties.some(([code]) => code.startsWith(pack.prefix)));
  const drawn = useQueries({
    queries: wanted.map((pack) => ({
      queryKey: ['geo', `${pack.prefix}.counties.json`],
      staleTime: Infinity,
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        ask<{ features: County[] }>(`/geo/${pack.prefix}.counties.json`, {}, signal),
    })),
  });
  const polygons = new Set(
    drawn.flatMap((one) => one.data?.features.map((county) => county.properties.code) ?? []),
  );
  const tiles = counties.filter(([code]) => code !== '' && !polygons.has(code));
  const uncoded = counties.find(([code]) => code === '')?.[1] ?? 0;
  const county = chosen ?? counties.find(([code]) => code !== '')?.[0];
  return (
    <div className="stay-map">
      {wanted.map((pack, at) => (
        <figure key={pack.prefix}>
          <figcaption className="small quiet">
            {pack.name} · {pack.review_number ?? t('map.no_review')}
          </figcaption>
          <CityMap
            counties={drawn[at]?.data?.features ?? []}
            counts={new Map(counties)}
            width={Math.min(width, 460)}
            chosen={county}
            choose={setChosen}
          />
        </figure>
      ))}
      {tiles.length > 0 && (
        <Tiles
          title={t('map.counties_without')}
          tiles={tiles.map(([code, count]) => ({ code, count, name: placesOf(stays, code) }))}
          chosen={county}
          choose={setChosen}
        />
      )}
      {county && (
        <Towns
          county={county}
          stays={stays}
          hasNames={wanted.some((pack) => county.startsWith(pack.prefix))}
        />
      )}
      {uncoded > 0 && <p className="small quiet">{t('map.uncoded', { n: uncoded })}</p>}
      <Ramp />
    </div>
  );
}

interface CityProps {
  counties: County[];
  counts: Map<string, number>;
  width: number;
  chosen: string | undefined;
  choose: (code: string) => void;
}

function CityMap({ counties, counts, width, chosen, choose }: CityProps) {
  const { t } = useTranslation();
  const projection = useMemo(() => fit(counties, width), [counties, width]);
  if (counties.length === 0) return null;
  const labels = freeLabels(
    counties.map((county) => {
      const { code, name, lon, lat } = county.properties;
      const [x, y] = projection.at(lon, lat);
      const count = counts.get(code) ?? 0;
      return {
        code,
        text: count > 0 ? `${name} ${String(count)}` : name,
        x,
        y,
        width: name.length * 13,
        weight: count,
      };
    }),
  );
  return (
    <svg width={projection.width} height={projection.height} role="img" aria-label={t('map.picture')}>
      {counties.map((county) => (
        <path
          key={county.properties.code}
          className="map-area"
          data-class={classOf(counts.get(county.properties.code) ?? 0)}
          data-selected={county.properties.code === chosen}
          d={pathOf(county, projection)}
          onClick={() => choose(county.properties.code)}
        />
      ))}
      {labels.map((label) => (
        <text key={label.code} className="map-name" x={label.x} y={label.y} textAnchor="middle">
          {label.text}
        </text>
      ))}
    </svg>
  );
}

interface Tile {
  code: string;
  name: string;
  count: number;
}

interface TilesProps {
  title: string;
  tiles: Tile[];
  chosen?: string | undefined;
  choose?: (code: string) => void;
}

function Tiles({ title, tiles, chosen, choose }: TilesProps) {
  return (
    <div>
      <h4 className="small quiet">{title}</h4>
      <ul className="map-tiles">
        {tiles.map((tile) => {
          const inside = (
            <>
              <span className="mono small">{tile.code}</span>
              <span className="one-line">{tile.name}</span>
              <b>{tile.count}</b>
            </>
          );
          return (
            <li key={tile.code}>
              {choose ? (
                <button
                  type="button"
                  className="map-tile"
                  data-class={classOf(tile.count)}
                  aria-pressed={tile.code === chosen}
                  onClick={() => choose(tile.code)}
                >
                  {inside}
                </button>
              ) : (
                <div className="map-tile" data-class={classOf(tile.count)}>
                  {inside}
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** All towns of the county where their names are known, else those somebody stayed in. */
function Towns({ county, stays, hasNames }: { county: string; stays: Stayed[]; hasNames: boolean }) {
  const { t } = useTranslation();
  const names = usePack<[number, string][]>(`${county.slice(0, 4)}.towns.json`, hasNames);
  const here = stays.filter((one) => countyOf(one.division) === county);
  const counts = new Map(sums(here, townOf));
  const known = (names.data ?? []).filter(([code]) => String(code).startsWith(county));
  const tiles: Tile[] = known.map(([code, name]) => ({
    code: String(code),
    name,
    count: counts.get(String(code)) ?? 0,
  }));
  const extra = [...counts].filter(([code]) => code !== '' && !known.some(([one]) => String(one) === code));
  tiles.push(...extra.map(([code, count]) => ({ code, count, name: placesOf(here, code) })));
  const only = counts.get('') ?? 0;
  if (tiles.length === 0 && only === 0) return null;
  return (
    <>
      {tiles.length > 0 && <Tiles title={t('map.towns', { county })} tiles={tiles} />}
      {only > 0 && <p className="small quiet">{t('map.county_only', { n: only })}</p>}
    </>
  );
}

/** The places themselves name a division that has no name here. */
function placesOf(stays: Stayed[], code: string): string {
  const names = new Set(stays.filter((one) => String(one.division).startsWith(code)).map((one) => one.place));
  return [...names].slice(0, 3).join('、');
}

function Ramp() {
  const { t } = useTranslation();
  return (
    <p className="chart-legend">
      {(['0', '1', '2–4', '5–9', '10+'] as const).map((words, at) => (
        <span key={words}>
          <span className="map-swatch" data-class={at} aria-hidden="true" />
          {words}
        </span>
      ))}
      {t('map.stays')}
    </p>
  );
}
