import { createRequire } from 'node:module';
import { feature } from 'topojson-client';

import type { Window } from './picture.js';

type Topology = Parameters<typeof feature>[0];

const require = createRequire(import.meta.url);
const atlas = new Map<string, Topology>();

/** Land of Natural Earth, as a topology of world-atlas: 1:110 million, or 1:50 million close up. */
export function topology(detail: '110m' | '50m'): Topology {
  const land = atlas.get(detail) ?? (require(`world-atlas/land-${detail}.json`) as Topology);
  atlas.set(detail, land);
  return land;
}

/** To a hundredth of a degree, which is finer than the atlas: specifications stay small. */
const rounded = (polygons: readonly number[][][][]): number[][][][] =>
  polygons.map((polygon) =>
    polygon.map((ring) =>
      ring.map((position) => position.map((degrees) => Math.round(degrees * 100) / 100)),
    ),
  );

/** The continents and islands of the finer atlas that may reach into the window. */
export function landAround({ west, east, south, north }: Window): object {
  const coordinates = featuresOf('50m')
    .flatMap(({ geometry }) => (geometry.type === 'MultiPolygon' ? geometry.coordinates : []))
    .filter(([ring = []]) => {
      const longitudes = ring.map(([longitude = 0]) => longitude);
      const latitudes = ring.map(([, latitude = 0]) => latitude);
      // Across the 180th meridian lies what is there one turn of the globe further on.
      return (
        [0, 360].some(
          (turn) =>
            Math.max(...longitudes) + turn >= west - 20 &&
            Math.min(...longitudes) + turn <= east + 20,
        ) &&
        Math.max(...latitudes) >= south - 20 &&
        Math.min(...latitudes) <= north + 20
      );
    });
  return { type: 'Feature', geometry: { type: 'MultiPolygon', coordinates: rounded(coordinates) } };
}

/** All land of the coarser atlas. */
export const wholeLand = (): object => ({
  type: 'FeatureCollection',
  features: featuresOf('110m'),
});

function featuresOf(detail: '110m' | '50m'): Feature[] {
  const land = topology(detail);
  const object = land.objects['land'];
  if (object === undefined) throw new Error('the atlas has no land');
  const found = feature(land, object);
  return 'features' in found ? found.features : [found];
}

type Feature = Extract<ReturnType<typeof feature>, { type: 'Feature' }>;

type Extent = readonly [readonly [number, number], readonly [number, number]];

/** Meridians and parallels each so many degrees, as Vega's graticule of that step and extent, and a precision of 1. */
export function graticule(step: number, extent: Extent | null): object {
  const pole = 90 - 1e-6;
  const [[west, south], [east, north]] = extent ?? [
    [-180, -pole],
    [180, pole],
  ];
  const column = range(south, north, 1).concat(north);
  const row = range(west, east, 1).concat(east);
  const meridians = multiples(west, east, step).map((longitude) =>
    column.map((latitude) => [longitude, latitude]),
  );
  const parallels = multiples(south, north, step).map((latitude) =>
    row.map((longitude) => [longitude, latitude]),
  );
  return { type: 'MultiLineString', coordinates: [...meridians, ...parallels] };
}

/** The multiples of a step from `low` to below `high`. */
const multiples = (low: number, high: number, step: number): number[] =>
  range(Math.ceil(low / step) * step, high, step);

const range = (low: number, high: number, step: number): number[] =>
  Array.from({ length: Math.max(0, Math.ceil((high - low) / step)) }, (_, i) => low + i * step);
