import { ColumnField, IntegerField } from '../../parameters/fields.js';

export class TrendParameters {
  @ColumnField({
    description: 'Column of numbers or times; times are counted in days since 1970-01-01T00:00Z.',
    kinds: ['number', 'time'],
  })
  x!: string;

  @ColumnField({ description: 'Column of numbers.', kinds: ['number'] })
  y!: string;

  @IntegerField({
    description: 'Degree of the polynomial; 1 is a straight line.',
    default: 1,
    min: 1,
    max: 5,
  })
  degree!: number;
}
