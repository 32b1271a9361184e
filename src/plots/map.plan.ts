import { some } from './counts.js';
import type { MapPicture, Window } from './picture.js';
import type { Plan } from './plan.js';
import { pointsPlan, type Limits } from './points-plan.js';
import type { PointsRequest } from './points-request.js';
import { fit } from './projection.js';
import { themes } from './theme.js';
import { worldLayers } from './world.js';

/** Points on a map of the world. */
export function mapPlan(picture: MapPicture, limits?: Limits): Plan {
  const { look, projection, window, longitudes, latitudes, points } = picture;
  const { chosen, left } = choose(picture);
  const request: PointsRequest = {
    look,
    points,
    chosen,
    total: longitudes.length,
    counted: 'row',
    left,
    ...worldLayers(themes[look.theme], window),
    projection: {
      type: projection,
      scale: { expr: 'mapScale' },
      translate: { expr: 'mapTranslate' },
      precision: 0.2,
      ...(window === undefined ? {} : { clipExtent: { expr: '[[0, 0], [width, height]]' } }),
    },
    encoding: {
      longitude: { field: 'a', type: 'quantitative' },
      latitude: { field: 'b', type: 'quantitative' },
    },
    fields: (row) => ({ a: longitudes[row] ?? null, b: latitudes[row] ?? null }),
    places: (layout) =>
      fit(projection, layout, window).places(
        Float64Array.from(chosen, (row) => longitudes[row] ?? NaN),
        Float64Array.from(chosen, (row) => latitudes[row] ?? NaN),
      ),
    signals: (layout) => {
      const { scale, translate } = fit(projection, layout, window);
      return { mapScale: scale, mapTranslate: translate };
    },
  };
  const plan = pointsPlan(request, limits);
  return window === undefined ? plan : { ...plan, framed: true };
}

/** Mercator ends where its square does. */
const MERCATOR_LIMIT = 85.051128;

function choose({ projection, window, longitudes, latitudes }: MapPicture): {
  chosen: Int32Array;
  left: string[];
} {
  const { xs } = fit(projection, { width: 100, height: 100 }, window).places(longitudes, latitudes);
  const chosen: number[] = [];
  const left = { missing: 0, invalid: 0, hidden: 0, outside: 0 };
  for (let i = 0; i < longitudes.length; i += 1) {
    const [longitude, latitude] = [longitudes[i] ?? NaN, latitudes[i] ?? NaN];
    if (Number.isNaN(longitude) || Number.isNaN(latitude)) left.missing += 1;
    else if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90)) left.invalid += 1;
    else if (window !== undefined && !inside(window, longitude, latitude)) left.outside += 1;
    else if (projection === 'mercator' && Math.abs(latitude) > MERCATOR_LIMIT) left.hidden += 1;
    else if (Number.isNaN(xs[i] ?? NaN)) left.hidden += 1;
    else chosen.push(i);
  }
  return {
    chosen: Int32Array.from(chosen),
    left: [
      ...some(left.missing, 'without a position'),
      ...some(left.invalid, 'with a position out of range'),
      ...some(left.outside, 'outside the window'),
      ...some(left.hidden, 'out of sight in this projection'),
    ],
  };
}

const inside = (
  { west, east, south, north }: Window,
  longitude: number,
  latitude: number,
): boolean => longitude >= west && longitude <= east && latitude >= south && latitude <= north;
