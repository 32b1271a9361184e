import { quoteIdentifier } from '../../data/identifier.js';
import { Problem } from '../../errors/problem.js';
import { axisOf, stepsAcross, stepsDown } from '../../plots/axis.js';
import { axisValue, extentsOf } from '../../plots/axis-query.js';
import { reach } from '../../plots/counts.js';
import { isCategorical } from '../../plots/palettes.js';
import type { AxisRequest, DensityPicture, Look } from '../../plots/picture.js';
import { axisRequest, checkAxes } from '../../plots/requests.js';
import { lookOf } from '../../plots/requests.js';
import type { Domain } from '../../plots/ticks.js';
import { definePlot } from '../plot-analysis.js';
import { DensityParameters } from './density.parameters.js';
import { gridOf, type Side } from './grid.js';

export type DensityData = Omit<DensityPicture, 'kind' | 'look'>;

/** How densely rows lie over one or two columns. */
export default definePlot<DensityParameters, DensityData>({
  name: 'density',
  title: 'Density',
  description:
    'Draws how densely the rows lie over two columns, smoothed by a Gaussian kernel whose width follows from their number and spread (Scott 1992); over one column, as a curve.',
  params: DensityParameters,
  example: { x: 'reclong', y: 'reclat' },

  complete(params, schema) {
    const { palette, x, y } = params;
    if (y !== undefined && palette !== undefined && isCategorical(palette)) {
      const message = `${palette} is for categories, not for values`;
      throw Problem.field('invalid-parameter', 'params.palette', message);
    }
    for (const name of ['yScale', 'yMin', 'yMax'] as const) {
      if (y !== undefined || params[name] === undefined) continue;
      const message = 'the y axis of a curve is the density, from 0';
      throw Problem.field('invalid-parameter', `params.${name}`, message);
    }
    checkAxes(params, schema, [x], y === undefined ? [] : [y]);
    return params;
  },

  async query(params, dataset) {
    const names = [params.x, ...(params.y === undefined ? [] : [params.y])];
    const requests = names.map((name, i) =>
      axisRequest(i === 0 ? 'x' : 'y', params, dataset.column(name)),
    );
    const values = names.map((name, i) => axisValue(dataset, name, requests[i] ?? NONE));
    const extents = await extentsOf(dataset, values);
    const sides = requests.map((axis, i) => sideOf(axis, extents[i] ?? null, i === 0, params));
    const [x, y] = sides;
    if (x === undefined) throw new Error('a density has an x axis');
    const weight = params.value === undefined ? '1' : `${quoteIdentifier(params.value)}::DOUBLE`;
    const { drawn, ...grid } = await gridOf(dataset, {
      values,
      weight,
      x,
      ...(y === undefined ? {} : { y }),
    });
    const [row] = await dataset.rows<{ n: number }>('SELECT count(*)::DOUBLE AS n FROM data');
    const total = row?.n ?? 0;
    const lacking = [...names, ...(params.value === undefined ? [] : [params.value])].join(', ');
    return {
      ...grid,
      x: x.axis,
      ...(y === undefined ? {} : { y: y.axis }),
      notes: [
        `density of ${reach(drawn, total, 'row')}`,
        ...(params.value === undefined ? [] : [`weighted by ${params.value}`]),
        ...(drawn === total ? [] : [`the others lack ${lacking} or lie outside the axes`]),
      ],
    };
  },

  picture(params, data, about) {
    const { x, y } = params;
    const subject = y === undefined ? `density of ${x}` : `density of ${y} and ${x}`;
    return { kind: 'density', look: lookOf(params, about, subject), ...data };
  },
});

const NONE: AxisRequest = { label: '', scale: 'linear' };

/** The axis with its ends decided, so that the grid lies over the plot area, and the cells along it. */
function sideOf(
  request: AxisRequest,
  extent: Domain | null,
  across: boolean,
  params: DensityParameters,
): Side {
  const look = params as unknown as Look;
  const steps = across ? stepsAcross(look) : stepsDown(look);
  const ends = extent === null ? [] : [Float64Array.from(extent)];
  const { domain } = axisOf(request, ends, steps);
  const [min, max] = domain;
  const cells = across ? params.bins : Math.max(10, Math.round((params.bins * 9) / 16));
  return { axis: { ...request, min, max }, cells };
}
