import { ChoiceField, ColumnField } from '../../parameters/fields.js';
import { GroupParameters } from '../../plots/group.parameters.js';

export const barAggregates = ['count', 'sum', 'mean', 'median', 'min', 'max', 'distinct'] as const;
export type BarAggregate = (typeof barAggregates)[number];

export const barOrders = ['value', 'name'] as const;

export class BarParameters extends GroupParameters {
  @ColumnField({ description: 'Column whose values are the bars.' })
  x!: string;

  @ColumnField({
    description: 'Column of the lengths of the bars; without it rows are counted.',
    optional: true,
  })
  y?: string;

  @ChoiceField(barAggregates, {
    description: 'What is made of the values of y; mean by default, and count without y.',
    optional: true,
  })
  agg?: BarAggregate;

  @ChoiceField(barOrders, {
    description:
      'Order of the bars: the longest first, or by name. By default text goes by value, numbers and times by name.',
    optional: true,
  })
  sort?: (typeof barOrders)[number];
}
