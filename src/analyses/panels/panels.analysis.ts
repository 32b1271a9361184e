import { Problem } from '../../errors/problem.js';
import type { Schema } from '../../data/schema.js';
import { checkColumns } from '../../parameters/column-check.js';
import { validateJson } from '../../parameters/validate.js';
import type { Picture } from '../../plots/picture.js';
import { checkSize, type PlotParameters } from '../../plots/plot.parameters.js';
import { lookOf } from '../../plots/requests.js';
import { defineAnalysis } from '../analysis.js';
import { plotKinds } from '../plot-kinds.js';
import type { PlotAnalysis } from '../plot-analysis.js';
import { PanelsParameters } from './panels.parameters.js';

/** Several plots in rows and columns. */
export default defineAnalysis<PanelsParameters, unknown[]>({
  name: 'panels',
  title: 'Panels',
  description:
    'Draws several plots in rows and columns, with plot areas that are aligned; each is a kind of plot with its own parameters.',
  params: PanelsParameters,
  example: {
    plots: [
      { kind: 'scatter', x: 'year', y: 'mass (g)', yScale: 'log' },
      { kind: 'histogram', column: 'year' },
      { kind: 'bar', x: 'recclass', top: 5 },
      { kind: 'map' },
    ],
  },

  complete(params, schema) {
    checkSize(params);
    const { columns } = gridOf(params);
    const rows = Math.ceil(params.plots.length / columns);
    if (params.width / columns < 200 || params.height / rows < 150) {
      const least = `needs ${String(columns * 200)} x ${String(rows * 150)} CSS pixels for ${String(columns)} x ${String(rows)} panels`;
      throw Problem.field('invalid-parameter', 'params.width', least);
    }
    params.plots.forEach((_, i) => {
      panel(params, i, schema);
    });
    return params;
  },

  async query(params, dataset) {
    const found: unknown[] = [];
    for (const i of params.plots.keys()) {
      const { plot, own } = panel(params, i, dataset.about.schema);
      found.push(await plot.query(own, dataset));
    }
    return found;
  },

  async compute(params, data, task) {
    const { schema } = task.dataset;
    const pictures: Picture[] = data.map((one, i) => {
      const { plot, own } = panel(params, i, schema);
      const picture = plot.picture(own, one, task.dataset);
      const title = own.title ?? picture.look.title.replace(`${task.dataset.title}: `, '');
      return { ...picture, look: { ...picture.look, title } };
    });
    const look = lookOf(params, task.dataset, `${String(pictures.length)} plots`);
    const named = params.title ?? task.dataset.title;
    const { drawPanels } = await import('../../plots/panels/draw-panels.js');
    return drawPanels({ look: { ...look, title: named }, pictures, ...gridOf(params) }, task);
  },
});

/** One of the plots, with its parameters checked and completed. */
function panel(
  params: PanelsParameters,
  index: number,
  schema: Schema,
): { plot: PlotAnalysis; own: PlotParameters } {
  const path = `params.plots[${String(index)}].`;
  const { kind, ...given } = params.plots[index] ?? {};
  const plot = typeof kind === 'string' ? plotKinds.get(kind) : undefined;
  if (plot === undefined) {
    const message = `must be one of ${[...plotKinds.keys()].join(', ')}`;
    throw Problem.field('invalid-parameter', `${path}kind`, message);
  }
  const { theme, palette, legend, scale } = params;
  const shared = { theme, legend, scale, ...(palette === undefined ? {} : { palette }) };
  const checked = validateJson(plot.params, { ...shared, ...given }, path);
  if ('facet' in checked) {
    const message = 'a panel cannot be divided again; use facet without panels';
    throw Problem.field('invalid-parameter', `${path}facet`, message);
  }
  checkColumns(plot.params, checked, schema, path);
  const own = plot.complete?.(checked, schema) ?? checked;
  checkColumns(plot.params, own, schema, path);
  return { plot, own };
}

/** Panels in a row: as asked for, or about as many as there are rows. */
function gridOf({ plots, rows, columns }: PanelsParameters): { columns: number } {
  if (columns !== undefined) {
    if (rows === undefined || rows * columns >= plots.length) return { columns };
    const message = `${String(rows)} x ${String(columns)} panels do not hold ${String(plots.length)} plots`;
    throw Problem.field('invalid-parameter', 'params.rows', message);
  }
  if (rows !== undefined) return { columns: Math.ceil(plots.length / rows) };
  return { columns: Math.ceil(Math.sqrt(plots.length)) };
}
