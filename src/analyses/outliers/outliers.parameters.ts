import { ChoiceField, ColumnField, NumberField } from '../../parameters/fields.js';

export const outlierMethods = ['iqr', 'zscore'] as const;
export type OutlierMethod = (typeof outlierMethods)[number];

export class OutliersParameters {
  @ColumnField({ description: 'Column of numbers.', kinds: ['number'], example: 'mass (g)' })
  column!: string;

  @ChoiceField(outlierMethods, {
    description:
      'Beyond the quartiles by `threshold` times their distance (iqr), or from the mean by more than `threshold` standard deviations (zscore).',
    default: 'iqr',
  })
  method!: OutlierMethod;

  @NumberField({
    description: 'How far is too far; 1.5 for iqr and 3 for zscore by default.',
    optional: true,
    min: 0,
    max: 1e6,
  })
  threshold?: number;
}
