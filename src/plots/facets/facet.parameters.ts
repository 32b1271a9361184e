import { Problem } from '../../errors/problem.js';
import { ColumnField } from '../../parameters/fields.js';
import { PlotParameters } from '../plot.parameters.js';

/** Values of the column that have a panel of their own; the others share one. */
export const MOST_FACETS = 9;
const LEAST_WIDTH = 480;
const LEAST_HEIGHT = 320;

/** Parameters of plots that can be divided into small multiples. */
export class FacetParameters extends PlotParameters {
  @ColumnField({
    description:
      'Column whose values get a panel each, on the same axes: the nine with the most rows, and one for the others.',
    optional: true,
  })
  facet?: string;
}

/** @throws Problem `invalid-parameter` where panels have no room */
export function checkFacet({ facet, width, height }: FacetParameters): void {
  if (facet === undefined || (width >= LEAST_WIDTH && height >= LEAST_HEIGHT)) return;
  const least = `needs ${String(LEAST_WIDTH)} x ${String(LEAST_HEIGHT)} CSS pixels or more`;
  throw Problem.field('invalid-parameter', 'params.facet', least);
}
