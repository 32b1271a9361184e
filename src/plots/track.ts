import { categoriesOf } from './categories.js';
import type { StyledPath } from './marks.js';
import { categoryColors } from './palettes.js';
import type { MapPicture } from './picture.js';
import type { Layer } from './plan.js';
import type { Fitted } from './projection.js';
import { themes } from './theme.js';

/** A line through positions, in the order of the rows. */
interface Track {
  readonly color: string;
  /** A GeoJSON MultiLineString: a part ends where a position is missing. */
  readonly shape: { readonly type: 'MultiLineString'; readonly coordinates: number[][][] };
}

const NAME = 'track';
const WIDTH = 1.4;

/** The rows joined in their order: one line, or one for each category of the colour. */
export function tracksOf(picture: MapPicture): Track[] {
  const { look, points, longitudes, latitudes } = picture;
  const theme = themes[look.theme];
  const rows = Int32Array.from(longitudes.keys());
  const { color } = points;
  if (color?.kind !== 'text') {
    return [{ color: theme.quiet, shape: lines(longitudes, latitudes, rows) }];
  }
  // Only rows with a position count, as for the colours of the points.
  const placed = rows.filter((row) => isPlace(longitudes[row] ?? NaN, latitudes[row] ?? NaN));
  const { names, distinct, indexes } = categoriesOf(color, placed);
  const colors = categoryColors(distinct, theme, look.palette);
  return names.map((_, i) => ({
    color: colors[i] ?? theme.missing,
    shape: lines(
      longitudes,
      latitudes,
      rows.filter((row) => indexes[row] === i),
    ),
  }));
}

const isPlace = (longitude: number, latitude: number): boolean =>
  Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;

function lines(longitudes: Float64Array, latitudes: Float64Array, rows: Int32Array) {
  const parts: number[][][] = [[]];
  for (const row of rows) {
    const [longitude, latitude] = [longitudes[row] ?? NaN, latitudes[row] ?? NaN];
    if (isPlace(longitude, latitude)) parts.at(-1)?.push([longitude, latitude]);
    else if (parts.at(-1)?.length !== 0) parts.push([]);
  }
  const coordinates = parts.filter((part) => part.length > 1);
  return { type: 'MultiLineString', coordinates } as const;
}

/** The layer of the tracks in the published specification. */
export const trackLayer = (tracks: readonly Track[], clip: boolean): Layer => ({
  name: NAME,
  data: {
    values: tracks.map(({ color, shape }) => ({
      type: 'Feature',
      properties: { color },
      geometry: shape,
    })),
  },
  mark: { type: 'geoshape', filled: false, strokeWidth: WIDTH, strokeJoin: 'round', clip },
  encoding: { stroke: { field: 'properties.color', type: 'nominal', scale: null } },
});

/**
 * The tracks in the plot area: between two positions along the great circle, cut where the projection cuts the
 * world, such as at the 180th meridian, and where it hides it.
 */
export const trackMarks = (tracks: readonly Track[], fitted: Fitted, clip: boolean) => ({
  [NAME]: {
    kind: 'paths' as const,
    clip,
    paths: tracks.map(({ color, shape }): StyledPath => ({
      path: fitted.outline(shape, false),
      stroke: color,
      strokeWidth: WIDTH,
      strokeJoin: 'round',
    })),
  },
});
