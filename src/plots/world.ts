import { createRequire } from 'node:module';
import { feature } from 'topojson-client';

import type { Window } from './picture.js';
import type { Layer } from './plan.js';
import type { Theme } from './theme.js';

type Topology = Parameters<typeof feature>[0];

const require = createRequire(import.meta.url);
const atlas = new Map<string, Topology>();

/** Land of Natural Earth, as a topology of world-atlas: 1:110 million, or 1:50 million close up. */
function topology(detail: '110m' | '50m'): Topology {
  const land = atlas.get(detail) ?? (require(`world-atlas/land-${detail}.json`) as Topology);
  atlas.set(detail, land);
  return land;
}

/** Sea, graticule and land below the points of a map; the outline of the world above them. */
export function worldLayers(theme: Theme, window?: Window): { below: Layer[]; above: Layer[] } {
  const sphere = { sphere: true };
  const close = window !== undefined && window.east - window.west <= 90 ? window : null;
  const step = close === null ? 30 : 10;
  const land =
    close === null
      ? { values: topology('110m'), format: { type: 'topojson', feature: 'land' } }
      : { values: landAround(close) };
  return {
    below: [
      { name: 'sea', data: sphere, mark: { type: 'geoshape', fill: theme.sea, stroke: null } },
      {
        name: 'graticule',
        data: { graticule: { step: [step, step], precision: 1 } },
        mark: { type: 'geoshape', filled: false, stroke: theme.grid, strokeWidth: 0.75 },
      },
      {
        name: 'land',
        data: land,
        mark: { type: 'geoshape', fill: theme.land, stroke: theme.coast, strokeWidth: 0.5 },
      },
    ],
    above: [
      {
        name: 'outline',
        data: sphere,
        mark: { type: 'geoshape', filled: false, stroke: theme.axis, strokeWidth: 0.75 },
      },
    ],
  };
}

/** To a hundredth of a degree, which is finer than the atlas: specifications stay small. */
const rounded = (polygons: readonly number[][][][]): number[][][][] =>
  polygons.map((polygon) =>
    polygon.map((ring) =>
      ring.map((position) => position.map((degrees) => Math.round(degrees * 100) / 100)),
    ),
  );

/** The continents and islands of the finer atlas that may reach into the window. */
function landAround({ west, east, south, north }: Window): unknown {
  const land = topology('50m');
  const object = land.objects['land'];
  if (object === undefined) throw new Error('the atlas has no land');
  const collection = feature(land, object);
  const features = 'features' in collection ? collection.features : [collection];
  const coordinates = features
    .flatMap(({ geometry }) => (geometry.type === 'MultiPolygon' ? geometry.coordinates : []))
    .filter(([ring = []]) => {
      const longitudes = ring.map(([longitude = 0]) => longitude);
      const latitudes = ring.map(([, latitude = 0]) => latitude);
      return (
        Math.max(...longitudes) >= west - 20 &&
        Math.min(...longitudes) <= east + 20 &&
        Math.max(...latitudes) >= south - 20 &&
        Math.min(...latitudes) <= north + 20
      );
    });
  return { type: 'Feature', geometry: { type: 'MultiPolygon', coordinates: rounded(coordinates) } };
}
