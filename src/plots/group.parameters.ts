import { ColumnField, IntegerField } from '../parameters/fields.js';
import { FacetParameters } from './facets/facet.parameters.js';

/** Parameters of plots over the groups of a column. */
export class GroupParameters extends FacetParameters {
  @ColumnField({
    description: 'Column that divides the rows into colours, those with the most rows first.',
    optional: true,
  })
  color?: string;

  @IntegerField({
    description:
      'Groups that are shown one by one; the others share one that is called other. A group more is shown rather than called so.',
    default: 40,
    min: 1,
    max: 200,
  })
  top!: number;
}

/** Colours that are told apart beside each other; the others share one. */
export const MOST_COLORS = 12;
