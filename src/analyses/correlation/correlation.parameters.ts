import { ChoiceField, ColumnsField } from '../../parameters/fields.js';

export const correlationMethods = ['pearson', 'spearman'] as const;
export type CorrelationMethod = (typeof correlationMethods)[number];

export const MOST_COLUMNS = 30;

export class CorrelationParameters {
  @ColumnsField({
    description: `From 2 to ${MOST_COLUMNS} columns of numbers; by default all but the key.`,
    kinds: ['number'],
    optional: true,
    max: MOST_COLUMNS,
  })
  columns?: string[];

  @ChoiceField(correlationMethods, {
    description:
      'Of the values (pearson), or of their ranks, ties sharing the mean rank (spearman).',
    default: 'pearson',
  })
  method!: CorrelationMethod;
}
