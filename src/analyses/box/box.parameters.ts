import { ChoiceField, ColumnField } from '../../parameters/fields.js';
import { GroupParameters } from '../../plots/group.parameters.js';

export class BoxParameters extends GroupParameters {
  @ColumnField({
    description: 'Column whose values are the boxes; one for all by default.',
    optional: true,
  })
  x?: string;

  @ColumnField({ description: 'Column of the values.', kinds: ['number'] })
  y!: string;

  @ChoiceField(['median', 'mean'], {
    description:
      'median sorts the boxes by it; mean marks the mean in each as well, and sorts by it.',
    default: 'median',
  })
  agg!: 'median' | 'mean';
}
