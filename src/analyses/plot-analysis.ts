import { checkFacet, type FacetParameters } from '../plots/facets/facet.parameters.js';
import { facetedQuery, isFaceted, type Faceted } from '../plots/facets/facet-query.js';
import type { Picture } from '../plots/picture.js';
import type { PlotParameters } from '../plots/plot.parameters.js';
import type { Analysis, DatasetAbout, Results, Task } from './analysis.js';

/** An analysis whose results are a picture, or one for each value of a column. */
export interface PlotAnalysis<
  P extends PlotParameters = PlotParameters,
  D = unknown,
> extends Analysis<P, D> {
  /** The picture as plain data, for the analysis itself and for panels. */
  picture(params: P, data: D, about: DatasetAbout): Picture;
}

interface Described<P extends PlotParameters, D> extends PlotAnalysis<P, D> {
  /** Results beside those of the picture. */
  tables?(data: D): Results;
}

/**
 * Types the steps of a plot against each other; its `compute` draws the picture. The API, which never draws, loads
 * nothing of what draws: it comes with the first picture.
 */
export function definePlot<P extends PlotParameters, D>(
  plot: Omit<Described<P, D>, 'compute'>,
): PlotAnalysis<P, D> {
  return {
    ...plot,

    complete(params, schema) {
      checkFacet(params);
      return plot.complete?.(params, schema) ?? params;
    },

    async query(params, dataset) {
      const { facet } = params as FacetParameters;
      if (facet === undefined) return plot.query(params, dataset);
      const found = await facetedQuery(facet, dataset, (part) => plot.query(params, part));
      // Between the two steps of this plot alone; without rows it is one empty picture.
      return found.parts.length === 0 ? plot.query(params, dataset) : (found as D);
    },

    async compute(params, data, task) {
      if (isFaceted<D>(data)) return drawFacets(plot, params, data, task);
      const { drawPlot } = await import('../plots/draw-plot.js');
      const results = await drawPlot(plot.picture(params, data, task.dataset), task);
      return { ...results, ...plot.tables?.(data) };
    },
  };
}

async function drawFacets<P extends PlotParameters, D>(
  plot: Pick<PlotAnalysis<P, D>, 'picture'>,
  params: P,
  data: Faceted<D>,
  task: Task,
): Promise<Results> {
  const pictures = data.parts.map((part) => plot.picture(params, part, task.dataset));
  const [first] = pictures;
  if (first === undefined) throw new Error('there are no parts');
  const title = params.title ?? `${first.look.title} by ${data.facets.label}`;
  const look = { ...first.look, title };
  const { facetPanels } = await import('../plots/facets/facet-panels.js');
  const { drawPanels } = await import('../plots/panels/draw-panels.js');
  return drawPanels(facetPanels(data, pictures, look), task);
}
