import { some } from './counts.js';
import { degreesRoom, degreeTexts } from './degrees.js';
import type { Look, MapPicture, Window } from './picture.js';
import { pick } from './pick.js';
import type { Plan } from './plan.js';
import { pointsPlan, type Limits } from './points-plan.js';
import type { Over, PointsRequest } from './points-request.js';
import { fit, isAcross, PRECISION, rotationOf } from './projection.js';
import { themes } from './theme.js';
import { typographyOf } from './typography.js';
import { trackLayer, trackMarks, tracksOf } from './track.js';
import { worldLayers, worldMarks } from './world.js';

/** Points on a map of the world. */
export function mapPlan(picture: MapPicture, limits?: Limits): Plan {
  const { look, projection, window, longitudes, latitudes, points } = picture;
  const { chosen, left } = choose(picture);
  const theme = themes[look.theme];
  const clip = window !== undefined;
  const world = { window, bare: picture.bare === true };
  const tracks = picture.track === true ? tracksOf(picture) : [];
  const request: PointsRequest = {
    look,
    points,
    chosen,
    total: longitudes.length,
    counted: 'row',
    left,
    below: [
      ...worldLayers(theme, world),
      ...(tracks.length === 0 ? [] : [trackLayer(tracks, clip)]),
    ],
    world: (layout) => ({
      ...worldMarks(theme, projection, layout, world),
      ...(tracks.length === 0 ? {} : trackMarks(tracks, fit(projection, layout, window), clip)),
    }),
    projection: {
      type: projection,
      scale: { expr: 'mapScale' },
      translate: { expr: 'mapTranslate' },
      precision: PRECISION,
      ...(isAcross(window) ? { rotate: rotationOf(window) } : {}),
      ...(window === undefined ? {} : { clipExtent: { expr: '[[0, 0], [width, height]]' } }),
    },
    clip,
    encoding: {
      longitude: { field: 'a', type: 'quantitative' },
      latitude: { field: 'b', type: 'quantitative' },
    },
    fields: (row) => ({ a: longitudes[row] ?? null, b: latitudes[row] ?? null }),
    places: (layout) =>
      fit(projection, layout, window).places(pick(longitudes, chosen), pick(latitudes, chosen)),
    ...(window === undefined ? {} : { over: degreesOver(picture, window) }),
    signals: (layout) => {
      const { scale, translate } = fit(projection, layout, window);
      return { mapScale: scale, mapTranslate: translate };
    },
  };
  const plan = pointsPlan(request, limits);
  if (window === undefined) return plan;
  return windowed(plan, window, look);
}

/** A part of the world has a frame, and room for the degrees beside it. */
function windowed(plan: Plan, window: Window, look: Look): Plan {
  const { measured } = plan;
  const room = typeof plan.room === 'number' ? plan.room : 0;
  return {
    ...plan,
    framed: true,
    room: degreesRoom(window, typographyOf(look).label, room),
    ...(measured === undefined
      ? {}
      : { measured: (layout) => windowed(measured(layout), window, look) }),
  };
}

/** Degrees at the edges of a part of the world. */
const degreesOver = ({ projection, look }: MapPicture, window: Window): Over => ({
  layers: [],
  rows: {},
  words: [],
  inside: false,
  texts: (layout) =>
    degreeTexts(fit(projection, layout, window), window, layout, typographyOf(look).label),
});

/** Mercator ends where its square does. */
const MERCATOR_LIMIT = 85.051128;

function choose({ projection, window, longitudes, latitudes }: MapPicture): {
  chosen: Int32Array;
  left: string[];
} {
  const hidden = hiddenBy({ projection, longitudes, latitudes }, window);
  const rows = new Int32Array(longitudes.length);
  let n = 0;
  const left = { missing: 0, invalid: 0, hidden: 0, outside: 0 };
  for (let i = 0; i < longitudes.length; i += 1) {
    const longitude = longitudes[i] ?? NaN;
    const latitude = latitudes[i] ?? NaN;
    if (Number.isNaN(longitude) || Number.isNaN(latitude)) left.missing += 1;
    else if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90)) left.invalid += 1;
    else if (window !== undefined && !inside(window, longitude, latitude)) left.outside += 1;
    else if (projection === 'mercator' && Math.abs(latitude) > MERCATOR_LIMIT) left.hidden += 1;
    else if (hidden(i)) left.hidden += 1;
    else {
      rows[n] = i;
      n += 1;
    }
  }
  return {
    chosen: rows.subarray(0, n),
    left: [
      ...some(left.missing, 'without a position'),
      ...some(left.invalid, 'with a position out of range'),
      ...some(left.outside, 'outside the window'),
      ...some(left.hidden, 'out of sight in this projection'),
    ],
  };
}

/** Only a globe has a far side; the other projections show every position. */
function hiddenBy(
  {
    projection,
    longitudes,
    latitudes,
  }: Pick<MapPicture, 'projection' | 'longitudes' | 'latitudes'>,
  window: Window | undefined,
): (row: number) => boolean {
  if (projection !== 'orthographic') return () => false;
  const { xs } = fit(projection, { width: 100, height: 100 }, window).places(longitudes, latitudes);
  return (row) => Number.isNaN(xs[row] ?? NaN);
}

const inside = (
  { west, east, south, north }: Window,
  longitude: number,
  latitude: number,
): boolean =>
  ((longitude >= west && longitude <= east) || longitude + 360 <= east) &&
  latitude >= south &&
  latitude <= north;
