import { createRequire } from 'node:module';

import type { Layer } from './plan.js';
import type { Theme } from './theme.js';

const require = createRequire(import.meta.url);
let land: unknown;

/** Land of Natural Earth at 1:110 million, as the topology of world-atlas. */
const topology = (): unknown => (land ??= require('world-atlas/land-110m.json'));

/** Sea, graticule and land below the points of a map; the outline of the world above them. */
export function worldLayers(theme: Theme): { below: Layer[]; above: Layer[] } {
  const sphere = { sphere: true };
  return {
    below: [
      { name: 'sea', data: sphere, mark: { type: 'geoshape', fill: theme.sea, stroke: null } },
      {
        name: 'graticule',
        data: { graticule: { step: [30, 30], precision: 1 } },
        mark: { type: 'geoshape', filled: false, stroke: theme.grid, strokeWidth: 0.75 },
      },
      {
        name: 'land',
        data: { values: topology(), format: { type: 'topojson', feature: 'land' } },
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
