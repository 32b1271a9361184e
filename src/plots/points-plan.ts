import { colorOf, type Color } from './color.js';
import { reach } from './counts.js';
import { densityPlan } from './density-plan.js';
import { rasterLayer, type Filling, type Layer, type Layout, type Plan } from './plan.js';
import { pointsBase, type PointsRequest } from './points-request.js';
import { stamp } from './raster/stamp.js';
import { opacityOf, sizeOf, type Size } from './size.js';

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

/** Points as marks, as one image of all of them, or as their density: by their number. */
export function pointsPlan(request: PointsRequest, limits: Limits = usual): Plan {
  const { points, chosen } = request;
  const plain = points.color === undefined && points.size === undefined;
  if (
    points.style === 'density' ||
    (points.style === 'auto' && plain && chosen.length > limits.points)
  ) {
    if (chosen.length > 0) return densityPlan(request);
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
    // A description of each of thousands of marks would be half of the SVG.
    mark: { type: 'point', shape: 'circle', filled: true, opacity, strokeWidth: 0, aria: false },
    encoding: { ...encoding, color: color.encoding, size: size.encoding },
  };
  const drawn = raster ? ['every point drawn'] : [];
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
