import { labelling, ticksOf } from './axis.js';
import { colorOf, gradientLength, legendOf, type Color } from './color.js';
import { reach, type Counted } from './counts.js';
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

/** Numbers of points at which the way of drawing changes; specs set their own. */
export interface Limits {
  readonly marks: number;
  readonly points: number;
}
const usual: Limits = { marks: MOST_MARKS, points: MOST_POINTS };

/** Points on whatever plane: the axes of a scatter plot, or a map. */
export interface PointsRequest {
  readonly look: Look;
  readonly points: Points;
  /** The rows that are drawn, in order, and the number of all rows. */
  readonly chosen: Int32Array;
  readonly total: number;
  readonly counted: Counted;
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

export function pointsPlan(request: PointsRequest, limits: Limits = usual): Plan {
  const { points, chosen } = request;
  const plain = points.color === undefined && points.size === undefined;
  if (
    points.style === 'density' ||
    (points.style === 'auto' && plain && chosen.length > limits.points)
  ) {
    return densityPlan(request, null);
  }
  return marksPlan(request, chosen.length > limits.marks);
}

function marksPlan(request: PointsRequest, raster: boolean): Plan {
  const { look, points, chosen, encoding, fields } = request;
  const color = colorOf(points.color, chosen, look);
  const size = sizeOf(points.size, chosen, look);
  // Categories are known by their colours, which little opacity would mix.
  const bold = points.color?.kind === 'text' ? 0.2 : 0;
  const opacity = Math.min(0.9, opacityOf(chosen.length) + bold);
  const marks: Layer = {
    name: 'points',
    data: { name: 'points' },
    mark: { type: 'point', shape: 'circle', filled: true, opacity, strokeWidth: 0 },
    encoding: { ...encoding, color: color.encoding, size: size.encoding },
  };
  const drawn = raster ? ['every point drawn'] : [];
  return {
    ...shared(request, [...(raster ? [rasterLayer] : []), marks]),
    room: Math.ceil(Math.sqrt(size.largest) / 2),
    notes: [
      reach(chosen.length, request.total, request.counted),
      ...drawn,
      ...request.left,
      ...color.notes,
      ...size.notes,
    ],
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

/** Side of a cell in CSS pixels: few points are counted in larger ones, which can be seen. */
const cellOf = (points: number): number => (points > MOST_POINTS ? 1 : points > 20_000 ? 3 : 5);

/** The counts, and so the colour bar, depend on the size of the plot area: it is measured first. */
function densityPlan(request: PointsRequest, density: Density | null): Plan {
  const { look, chosen, total } = request;
  const cell = cellOf(chosen.length);
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
        title: cell === 1 ? 'points per pixel' : `points per ${cell}×${cell} pixels`,
        scale: {
          type: scale,
          domain,
          scheme: continuousScheme(themes[look.theme], look.palette),
          clamp: true,
        },
        legend: legendOf(look, {
          gradientLength: gradientLength(look),
          ...(ticks === null ? {} : labelling(ticks)),
        }),
      },
    },
  };
  const measure = (layout: Layout): Density => {
    const { xs, ys } = request.places(layout);
    return densityOf(layout, xs, ys, cell);
  };
  return {
    ...shared(request, [rasterLayer, marks]),
    notes: [`density of ${reach(chosen.length, total, request.counted)}`, ...request.left],
    ...(density === null
      ? { measured: (layout: Layout) => densityPlan(request, measure(layout)) }
      : {}),
    fill: (layout) => {
      const counted = measure(layout);
      return {
        signals: request.signals?.(layout) ?? {},
        data: { points: [] },
        raster: densityRaster(counted, layout, (n) => layout.color(n)),
        summary: {
          drawn: 'density',
          points: chosen.length,
          rows: total,
          left: request.left,
          cell,
          largest: counted.largest,
        },
      };
    },
  };
}
