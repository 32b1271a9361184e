import { labelling, ticksOf } from './axis.js';
import { colorOf, legendOf, type Color } from './color.js';
import { count, rows } from './counts.js';
import { openDomain } from './extent.js';
import { continuousScheme } from './palettes.js';
import type { Look, Points } from './picture.js';
import { rasterLayer, type Filling, type Layer, type Layout, type Plan, type Row } from './plan.js';
import { densityOf, densityRaster, type Density } from './raster/density.js';
import { stamp } from './raster/stamp.js';
import { opacityOf, sizeOf, type Size } from './size.js';
import { themes } from './theme.js';

/** Up to here points are marks of Vega; above, one image. */
export const MOST_MARKS = 5_000;
/** Above, points without colour or size are shown as their density. */
export const MOST_POINTS = 200_000;

/** Points on whatever plane: the axes of a scatter plot, or a map. */
export interface PointsRequest {
  readonly look: Look;
  readonly points: Points;
  /** The rows that are drawn, in order, and the number of all rows. */
  readonly chosen: Int32Array;
  readonly total: number;
  /** Why the other rows are not drawn. */
  readonly left: readonly string[];
  /** Layers below and above the points. */
  readonly below: readonly Layer[];
  readonly above: readonly Layer[];
  readonly projection?: Layer;
  readonly encoding: Layer;
  /** Position of a row in the fields of the encoding. */
  readonly fields: (row: number) => Row;
  /** Positions of the chosen rows in the plot area, in CSS pixels. */
  places(layout: Layout): { readonly xs: Float64Array; readonly ys: Float64Array };
  signals?(layout: Layout): Readonly<Record<string, unknown>>;
}

export function pointsPlan(request: PointsRequest): Plan {
  const { points, chosen } = request;
  const plain = points.color === undefined && points.size === undefined;
  if (
    points.style === 'density' ||
    (points.style === 'auto' && plain && chosen.length > MOST_POINTS)
  ) {
    return densityPlan(request, null);
  }
  return marksPlan(request, chosen.length > MOST_MARKS);
}

function marksPlan(request: PointsRequest, raster: boolean): Plan {
  const { look, points, chosen, encoding, fields } = request;
  const color = colorOf(points.color, chosen, look);
  const size = sizeOf(points.size, chosen, look);
  const opacity = opacityOf(chosen.length);
  const marks: Layer = {
    name: 'points',
    data: { name: 'points' },
    mark: { type: 'point', shape: 'circle', filled: true, opacity, strokeWidth: 0 },
    encoding: { ...encoding, color: color.encoding, size: size.encoding },
  };
  const drawn = raster ? ['every point drawn'] : [];
  return {
    ...shared(request, [...(raster ? [rasterLayer] : []), marks]),
    notes: [reach(request), ...drawn, ...request.left, ...color.notes, ...size.notes],
    fill: (layout) => {
      const signals = request.signals?.(layout) ?? {};
      if (raster) return { signals, ...stamped(request, layout, { color, size, opacity }) };
      const data = Array.from(chosen, (row) => ({
        ...fields(row),
        ...(points.color === undefined ? {} : { c: color.value(row) }),
        ...(points.size === undefined ? {} : { d: size.value(row) }),
      }));
      return { signals, data: { points: data }, summary: { points: data } };
    },
  };
}

const shared = (
  { below, above, projection, chosen }: PointsRequest,
  layers: readonly Layer[],
): Pick<Plan, 'layers' | 'projection' | 'empty'> => ({
  layers: [...below, ...layers, ...above],
  ...(projection === undefined ? {} : { projection }),
  empty: chosen.length === 0,
});

/** `38,401 of 45,716 rows` */
const reach = ({ chosen, total }: PointsRequest): string =>
  chosen.length === total ? rows(total) : `${count(chosen.length)} of ${rows(total)}`;

function stamped(
  request: PointsRequest,
  layout: Layout,
  { color, size, opacity }: { color: Color; size: Size; opacity: number },
): Filling {
  const { chosen, total } = request;
  const at = (i: number): number => chosen[i] ?? 0;
  const raster = stamp(layout, {
    ...request.places(layout),
    colors: color.table(layout),
    color: (i) => color.index(at(i)),
    area: (i) => size.area(at(i)),
    largest: size.largest,
    opacity,
  });
  const summary = { drawn: 'raster', points: chosen.length, rows: total, left: request.left };
  return { data: { points: [] }, raster, summary };
}

/** The counts, and so the colour bar, depend on the size of the plot area: it is measured first. */
function densityPlan(request: PointsRequest, density: Density | null): Plan {
  const { look, chosen, total } = request;
  const largest = density?.largest ?? 1_000;
  const scale = largest > 10 ? 'log' : 'linear';
  const domain = openDomain([Math.min(1, largest), largest], scale);
  const ticks = ticksOf(domain, scale, 5);
  const marks: Layer = {
    name: 'points',
    data: { name: 'points' },
    mark: { type: 'point', shape: 'square', filled: true, opacity: 1 },
    encoding: {
      ...request.encoding,
      color: {
        field: 'n',
        type: 'quantitative',
        title: 'points per pixel',
        scale: {
          type: scale,
          domain,
          scheme: continuousScheme(themes[look.theme], look.palette),
          clamp: true,
        },
        legend: legendOf(look, {
          gradientLength: Math.min(220, look.height / 2.6),
          ...(ticks === null ? {} : labelling(ticks)),
        }),
      },
    },
  };
  const measure = (layout: Layout): Density => {
    const { xs, ys } = request.places(layout);
    return densityOf(layout, xs, ys);
  };
  return {
    ...shared(request, [rasterLayer, marks]),
    notes: [`density of ${reach(request)}`, ...request.left],
    ...(density === null
      ? { measured: (layout: Layout) => densityPlan(request, measure(layout)) }
      : {}),
    fill: (layout) => {
      const counted = measure(layout);
      return {
        signals: request.signals?.(layout) ?? {},
        data: { points: [] },
        raster: densityRaster(counted, layout.scale, (n) => layout.color(n)),
        summary: {
          drawn: 'density',
          points: chosen.length,
          rows: total,
          left: request.left,
          pixels: counted.width * counted.height,
          'most points per pixel': counted.largest,
        },
      };
    },
  };
}
