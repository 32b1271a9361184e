import { ChoiceField, ColumnField, TextField } from '../../parameters/fields.js';
import { PlotParameters } from '../../plots/plot.parameters.js';

export const resampleAggregates = [
  ...['mean', 'sum', 'min', 'max', 'median', 'sd', 'count', 'first', 'last'],
] as const;
export type ResampleAggregate =
  'mean' | 'sum' | 'min' | 'max' | 'median' | 'sd' | 'count' | 'first' | 'last';

export const fills = ['none', 'null', 'previous', 'linear'] as const;
export type Fill = (typeof fills)[number];

export class ResampleParameters extends PlotParameters {
  @ColumnField({
    description: "Column of times; the dataset's time column by default.",
    kinds: ['time'],
    optional: true,
  })
  time?: string;

  @ColumnField({ description: 'Column of numbers.', kinds: ['number'], example: 'temp_max' })
  value!: string;

  @TextField({
    description:
      'Width of a bucket: a number and s, min, h, d, w, mo or y, such as 1h, 15min, 1d, 1mo. Buckets of months and years begin at the first of a month, counted from 2000; others are counted from Monday 2000-01-03, UTC.',
    pattern: [
      /^[1-9]\d{0,4}(s|min|h|d|w|mo|y)$/,
      'must be a number and s, min, h, d, w, mo or y, such as 1h or 15min',
    ],
    example: '1mo',
    maxLength: 8,
  })
  every!: string;

  @ChoiceField(resampleAggregates as readonly ResampleAggregate[], {
    description: 'What becomes of the values of one bucket.',
    default: 'mean',
  })
  agg!: ResampleAggregate;

  @ChoiceField(fills, {
    description:
      'Buckets without a value: left out (none), listed without one (null), given the value before (previous), or one on the straight line between their neighbours (linear). Nothing is filled before the first value, nor after the last but by previous.',
    default: 'none',
  })
  fill!: Fill;
}
