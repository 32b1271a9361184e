import { labelling, ticksOf } from './axis.js';
import { gradientLength, legendOf } from './color.js';
import { reach } from './counts.js';
import { openDomain } from './extent.js';
import { continuousScheme } from './palettes.js';
import { rasterLayer, type Layer, type Layout, type Plan } from './plan.js';
import { overRows, pointsBase, type PointsRequest } from './points-request.js';
import { densityOf, densityRaster, type Density } from './raster/density.js';
import { themes } from './theme.js';

/** Side of a cell in CSS pixels: few points are counted in larger ones, which can be seen. */
const cellOf = (points: number): number => (points > 200_000 ? 1 : points > 20_000 ? 3 : 5);

/** The number of points in each cell of the plot area, as colours. */
export function densityPlan(request: PointsRequest): Plan {
  const measure = (layout: Layout): Density => {
    const { xs, ys } = request.places(layout);
    return densityOf(layout, xs, ys, cellOf(request.chosen.length));
  };
  // The counts, and so the colour bar, depend on the size of the plot area: it is measured first.
  return {
    ...planWith(1_000, request, measure),
    measured: (layout) => planWith(measure(layout).largest, request, measure),
  };
}

function planWith(
  largest: number,
  request: PointsRequest,
  measure: (layout: Layout) => Density,
): Plan {
  const { chosen, total, counted, left } = request;
  return {
    ...pointsBase(request, [rasterLayer, marksLayer(largest, request)]),
    notes: [`density of ${reach(chosen.length, total, counted)}`, ...left],
    fill: (layout) => {
      const density = measure(layout);
      const { cell, largest: most } = density;
      return {
        signals: request.signals?.(layout) ?? {},
        data: overRows(request, layout),
        published: () => ({ points: [] }),
        marks: request.world?.(layout) ?? {},
        raster: densityRaster(density, layout, (n) => layout.color(n)),
        summary: {
          drawn: 'density',
          points: chosen.length,
          rows: total,
          left,
          cell,
          largest: most,
        },
      };
    },
  };
}

/** Marks that are never drawn themselves: they carry the axes and the colour bar. */
function marksLayer(largest: number, { look, chosen, encoding }: PointsRequest): Layer {
  const cell = cellOf(chosen.length);
  const type = largest > 10 ? 'log' : 'linear';
  const domain = openDomain([Math.min(1, largest), largest], type);
  const ticks = ticksOf(domain, type, 5);
  const scheme = continuousScheme(themes[look.theme], look.palette);
  return {
    name: 'points',
    data: { name: 'points' },
    mark: { type: 'point', shape: 'square', filled: true, opacity: 1 },
    encoding: {
      ...encoding,
      color: {
        field: 'n',
        type: 'quantitative',
        title: cell === 1 ? 'points per pixel' : `points per ${cell}×${cell} pixels`,
        scale: { type, domain, scheme, clamp: true },
        legend: legendOf(look, {
          gradientLength: gradientLength(look),
          ...(ticks === null ? {} : labelling(ticks)),
        }),
      },
    },
  };
}
