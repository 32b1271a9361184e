import { colorOf, type Color } from './color.js';
import { reach } from './counts.js';
import { densityPlan } from './density-plan.js';
import type { Marks } from './marks.js';
import {
  rasterLayer,
  type Filling,
  type Layer,
  type Layout,
  type Plan,
  type Raster,
  type Stamped,
} from './plan.js';
import { saidOf, withLabels } from './points-labels.js';
import { overRows, pointsBase, type PointsRequest } from './points-request.js';
import { stamp } from './raster/stamp.js';
import { opacityOf, sizeOf, type Size } from './size.js';

/** Up to here points are marks of Vega; above, those of a PNG are one image, which is drawn faster. */
const MOST_DRAWN_MARKS = 500;
/** Up to here points are marks in an SVG; above, one image. */
export const MOST_MARKS = 5_000;
/** Above, points without colour or size are shown as their density. */
export const MOST_POINTS = 200_000;

/** Numbers of points at which the way of drawing changes; specs set their own. */
export interface Limits {
  readonly drawn: number;
  readonly marks: number;
  readonly points: number;
}
const usual: Limits = { drawn: MOST_DRAWN_MARKS, marks: MOST_MARKS, points: MOST_POINTS };

/** Points as marks, as one image of all of them, or as their density: by their number. */
export function pointsPlan(asked: PointsRequest, limits: Limits = usual): Plan {
  const request = withLabels(asked);
  const { points, chosen } = request;
  const plain = points.color === undefined && points.size === undefined;
  if (
    points.style === 'density' ||
    (points.style === 'auto' && plain && chosen.length > limits.points)
  ) {
    if (chosen.length > 0) return densityPlan(request);
  }
  return saidOf(marksPlan(request, limits), request);
}

function marksPlan(request: PointsRequest, limits: Limits): Plan {
  const { look, points, chosen, encoding, fields } = request;
  const raster = chosen.length > limits.marks;
  const color = colorOf(points.color, chosen, look);
  const size = sizeOf(points.size, chosen, look);
  // Categories are known by their colours, which little opacity would mix.
  const bold = points.color?.kind === 'text' ? 0.2 : 0;
  const opacity = Math.min(0.9, opacityOf(chosen.length) + bold);
  const marks: Layer = {
    name: 'points',
    data: { name: 'points' },
    // A description of each of thousands of marks would be half of the SVG.
    mark: {
      type: 'point',
      shape: 'circle',
      filled: true,
      opacity,
      strokeWidth: 0,
      clip: request.clip,
      // Rows without a colour or a size are drawn in grey, or small.
      invalid: null,
      aria: false,
    },
    encoding: { ...encoding, color: color.encoding, size: size.encoding },
  };
  const drawn = raster ? ['every point drawn'] : [];
  const dots: Dots = { color, size, opacity };
  return {
    ...pointsBase(request, [...(raster ? [rasterLayer] : []), marks]),
    room: Math.ceil(Math.sqrt(size.largest) / 2),
    notes: [
      reach(chosen.length, request.total, request.counted),
      ...drawn,
      ...request.left,
      ...color.notes,
      ...size.notes,
    ],
    fill: (layout) => {
      const data = overRows(request, layout);
      const base = { signals: request.signals?.(layout) ?? {}, data };
      const world = request.world?.(layout) ?? {};
      if (raster) return { ...base, marks: world, ...cloud(request, layout, dots) };
      const rows = Array.from(chosen, (row) => ({
        ...fields(row),
        ...(points.color === undefined ? {} : { c: color.value(row) }),
        ...(points.size === undefined ? {} : { d: size.value(row) }),
      }));
      const shown = { published: () => ({ points: rows }), summary: { points: rows } };
      const stamped: Stamped = {
        raster: () => rasterOf(request, layout, dots),
        marks: () => ({ points: symbols(request, layout, dots) }),
      };
      // A raster is drawn over everything.
      const asMarks = request.over?.inside === true || chosen.length <= limits.drawn;
      return asMarks
        ? { ...base, ...shown, marks: { ...world, ...stamped.marks() } }
        : { ...base, ...shown, marks: world, stamped };
    },
  };
}

/** How the points of a picture look. */
interface Dots {
  readonly color: Color;
  readonly size: Size;
  readonly opacity: number;
}

function symbols(request: PointsRequest, layout: Layout, { color, size, opacity }: Dots): Marks {
  const { xs, ys } = request.places(layout);
  const table = color.table(layout);
  const indexes = color.indexes();
  const areas = size.areas();
  return {
    kind: 'symbols',
    clip: request.clip,
    symbols: Array.from(xs, (x, i) => ({
      x,
      y: ys[i] ?? NaN,
      shape: 'circle',
      size: typeof areas === 'number' ? areas : (areas[i] ?? 0),
      fill: table[indexes[i] ?? 0] ?? '',
      opacity,
    })),
  };
}

function cloud(
  request: PointsRequest,
  layout: Layout,
  dots: Dots,
): Pick<Filling, 'raster' | 'summary' | 'published'> {
  const { chosen, total } = request;
  const raster = rasterOf(request, layout, dots);
  const summary = { drawn: 'raster', points: chosen.length, rows: total, left: request.left };
  return { published: () => ({ points: [] }), raster, summary };
}

const rasterOf = (request: PointsRequest, layout: Layout, { color, size, opacity }: Dots): Raster =>
  stamp(layout, {
    ...request.places(layout),
    clip: request.clip,
    colors: color.table(layout),
    color: color.indexes(),
    area: size.areas(),
    largest: size.largest,
    opacity,
  });
