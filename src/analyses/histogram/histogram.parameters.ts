import { BooleanField, ColumnField, NumbersField } from '../../parameters/fields.js';
import { FacetParameters } from '../../plots/facets/facet.parameters.js';

export class HistogramParameters extends FacetParameters {
  @ColumnField({ description: 'Column whose values are counted.', kinds: ['number', 'time'] })
  column!: string;

  @NumbersField({
    description:
      'About how many bins (their edges are round numbers, 40 by default), or the edges themselves in ascending order; milliseconds since 1970 for times.',
    max: 501,
    optional: true,
  })
  bins?: number[];

  @BooleanField({
    description: 'Bins of equal width on a logarithm; values that are not above 0 are left out.',
    default: false,
  })
  log!: boolean;
}
