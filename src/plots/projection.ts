import type { Pen } from './drawing/path.js';
import type { Path } from './marks.js';
import type { Layout } from './plan.js';
import type { Projection } from './choices.js';
import type { Window } from './picture.js';
import { vega } from './vega.js';

/** What is used of a d3 projection. */
interface GeoProjection {
  fitExtent(extent: readonly [number[], number[]], object: object): GeoProjection;
  scale(): number;
  translate(): [number, number];
  precision(pixels: number): GeoProjection;
  rotate(angles: readonly [number, number]): GeoProjection;
  invert(point: readonly [number, number]): readonly [number, number] | null;
  clipExtent(extent: readonly [number[], number[]]): GeoProjection;
  stream(sink: Partial<Record<string, (x: number, y: number) => void>>): {
    point(longitude: number, latitude: number): void;
  };
  /** Of Vega: a d3 path of this projection. */
  readonly path: { context(pen: PathPen): (shape: object) => void };
}

type PathPen = Pen & { arc(): void; beginPath(): void };

/** A projection fitted to a plot area: its numbers for Vega, and the same places for typed arrays. */
export interface Fitted {
  readonly scale: number;
  readonly translate: readonly [number, number];
  /** The outline of a GeoJSON shape, cut where the projection or the window cuts it. */
  outline(shape: object, closed: boolean): Path;
  /** Longitude and latitude of a place in the plot area, or undefined where it is beyond the world. */
  position(x: number, y: number): readonly [number, number] | undefined;
  /** Writes the place of each position; NaN where it is hidden, such as behind a globe. */
  places(longitudes: Float64Array, latitudes: Float64Array): { xs: Float64Array; ys: Float64Array };
}

/** Whether a window lies across the 180th meridian, where maps of the world are cut. */
export const isAcross = (window: Window | undefined): window is Window =>
  window !== undefined && window.east > 180;

/** Turns the globe so that the middle of a window is the middle of the map. */
export const rotationOf = ({ west, east }: Window): [number, number] => [-(west + east) / 2, 0];

/** Of curves, in pixels. */
export const PRECISION = 0.05;

export function fit(
  name: Projection,
  { width, height }: Pick<Layout, 'width' | 'height'>,
  window?: Window,
): Fitted {
  const make = (vega.projection as unknown as (name: string) => () => GeoProjection)(name);
  const extent = [
    [1, 1],
    [width - 1, height - 1],
  ] as const;
  const fitted = (): GeoProjection =>
    (isAcross(window) ? make().rotate(rotationOf(window)) : make())
      .precision(PRECISION)
      .fitExtent([[...extent[0]], [...extent[1]]], shape(window));
  const projection = fitted();
  return {
    scale: projection.scale(),
    translate: projection.translate(),
    places: (longitudes, latitudes) => placed(projection, longitudes, latitudes),
    position: (x, y) => positionAt(projection, x, y),
    outline: (object, closed) => {
      const cut =
        window === undefined
          ? projection
          : fitted().clipExtent([
              [0, 0],
              [width, height],
            ]);
      return outlineOf(cut, object, closed);
    },
  };
}

function outlineOf(projection: GeoProjection, object: object, closed: boolean): Path {
  const xs: number[] = [];
  const ys: number[] = [];
  const point = (x: number, y: number): void => {
    xs.push(x);
    ys.push(y);
  };
  projection.path.context({
    moveTo: (x, y) => {
      if (xs.length > 0) point(NaN, NaN);
      point(x, y);
    },
    lineTo: point,
    closePath: () => undefined,
    arc: () => undefined,
    beginPath: () => undefined,
  })(object);
  return { xs: Float64Array.from(xs), ys: Float64Array.from(ys), closed };
}

/** Beyond the edge of the world the inverse gives positions that lie elsewhere. */
function positionAt(
  projection: GeoProjection,
  x: number,
  y: number,
): readonly [number, number] | undefined {
  const position = projection.invert([x, y]);
  if (position === null) return undefined;
  const [longitude, latitude] = position;
  const { xs, ys } = placed(projection, Float64Array.of(longitude), Float64Array.of(latitude));
  const near = Math.hypot((xs[0] ?? NaN) - x, (ys[0] ?? NaN) - y) < 0.5;
  return near ? position : undefined;
}

function placed(
  projection: GeoProjection,
  longitudes: Float64Array,
  latitudes: Float64Array,
): { xs: Float64Array; ys: Float64Array } {
  const xs = new Float64Array(longitudes.length).fill(NaN);
  const ys = new Float64Array(longitudes.length).fill(NaN);
  let i = 0;
  // The stream leaves hidden points out, which the bare projection does not.
  const stream = projection.stream({
    point: (x, y) => {
      xs[i] = x;
      ys[i] = y;
    },
  });
  for (; i < longitudes.length; i += 1) stream.point(longitudes[i] ?? NaN, latitudes[i] ?? NaN);
  return { xs, ys };
}

/** The whole world, or the corners and sides of the window. */
function shape(window?: Window): object {
  if (window === undefined) return { type: 'Sphere' };
  const { west, east, south, north } = window;
  const coordinates: number[][] = [];
  for (let i = 0; i <= 20; i += 1) {
    const longitude = west + ((east - west) * i) / 20;
    const latitude = south + ((north - south) * i) / 20;
    coordinates.push([longitude, south], [longitude, north], [west, latitude], [east, latitude]);
  }
  return { type: 'MultiPoint', coordinates };
}
