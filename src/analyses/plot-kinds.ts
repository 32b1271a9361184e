import bar from './bar/bar.analysis.js';
import box from './box/box.analysis.js';
import chromosomes from './chromosomes/chromosomes.analysis.js';
import density from './density/density.analysis.js';
import heatmap from './heatmap/heatmap.analysis.js';
import histogram from './histogram/histogram.analysis.js';
import line from './line/line.analysis.js';
import map from './map/map.analysis.js';
import scatter from './scatter/scatter.analysis.js';
import type { PlotAnalysis } from './plot-analysis.js';

/** The plots that can be panels of a larger picture, by their names. */
export const plotKinds = new Map(
  (
    [
      bar,
      box,
      chromosomes,
      density,
      heatmap,
      histogram,
      line,
      map,
      scatter,
    ] as unknown as PlotAnalysis[]
  ).map((plot) => [plot.name, plot]),
);
