import { drawPlot } from '../plots/draw-plot.js';
import type { Picture } from '../plots/picture.js';
import type { PlotParameters } from '../plots/plot.parameters.js';
import type { Analysis, DatasetAbout, Results } from './analysis.js';

/** An analysis whose results are a picture. */
export interface PlotAnalysis<
  P extends PlotParameters = PlotParameters,
  D = unknown,
> extends Analysis<P, D> {
  /** The picture as plain data, for the analysis itself and for panels. */
  picture(params: P, data: D, about: DatasetAbout): Picture;
}

interface Described<P extends PlotParameters, D> extends Omit<PlotAnalysis<P, D>, 'compute'> {
  /** Results beside those of the picture. */
  tables?(data: D): Results;
}

/** Types the steps of a plot against each other; its `compute` draws the picture. */
export function definePlot<P extends PlotParameters, D>({
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with plain arguments, it needs no this
  tables,
  ...plot
}: Described<P, D>): PlotAnalysis<P, D> {
  return {
    ...plot,
    async compute(params, data, task) {
      const results = await drawPlot(plot.picture(params, data, task.dataset), task);
      return { ...results, ...tables?.(data) };
    },
  };
}
