import { barPlan } from './bar.plan.js';
import { boxPlan } from './box.plan.js';
import { kernelDensityPlan } from './kernel-density.plan.js';
import { heatmapPlan } from './heatmap.plan.js';
import { histogramPlan } from './histogram.plan.js';
import { linePlan } from './line.plan.js';
import { mapPlan } from './map.plan.js';
import type { Picture } from './picture.js';
import type { Plan } from './plan.js';
import { scatterPlan } from './scatter.plan.js';

/** A new kind of picture is a type in `picture.ts`, a file `<kind>.plan.ts` and a line here. */
export function planOf(picture: Picture): Plan {
  switch (picture.kind) {
    case 'line':
      return linePlan(picture);
    case 'scatter':
      return scatterPlan(picture);
    case 'histogram':
      return histogramPlan(picture);
    case 'map':
      return mapPlan(picture);
    case 'bar':
      return barPlan(picture);
    case 'box':
      return boxPlan(picture);
    case 'heatmap':
      return heatmapPlan(picture);
    case 'density':
      return kernelDensityPlan(picture);
  }
}
