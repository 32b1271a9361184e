import type { DatasetAbout, Results } from '../analyses/analysis.js';
import { drawPlan } from './draw-plan.js';
import { footerOf } from './footer.js';
import type { Picture } from './picture.js';
import { planOf } from './plan-of.js';

/** What drawing knows of its job; the `Task` of an analysis fits. */
export interface PlotTask {
  readonly dataset: DatasetAbout;
  /** Names of the results that are made; all by default. */
  readonly wanted?: readonly string[];
  progress(fraction: number): void;
}

/**
 * Draws a picture: `plot.png`, `plot.svg`, `spec.json` (the Vega-Lite specification) and `data.json`
 * (what the marks were drawn from). Runs in a thread of the pool; the same picture gives the same
 * bytes. Vega-Lite draws the frame; many points are drawn by typed arrays in the place of its marks.
 */
export function drawPlot(picture: Picture, task: PlotTask): Promise<Results> {
  return drawPlan({
    kind: picture.kind,
    look: picture.look,
    plan: planOf(picture),
    footer: footerOf(task.dataset),
    ...(task.wanted === undefined ? {} : { wanted: task.wanted }),
    progress: (fraction) => {
      task.progress(fraction);
    },
  });
}
