import { ReadParameters } from '../../data/query/query-parameters.js';
import { IntegerField, TextField } from '../../parameters/fields.js';

/** `GET /data` */
export class DataParameters extends ReadParameters {
  @IntegerField({
    description: 'Most records to return. Default: all.',
    min: 0,
    max: 1_000_000_000,
    optional: true,
  })
  limit?: number;

  @IntegerField({ description: 'Records to skip.', min: 0, max: 1_000_000_000, default: 0 })
  offset!: number;

  @TextField({
    description: 'Columns to sort by.',
    example: '-mass',
    maxLength: 4000,
    optional: true,
  })
  sort?: string;
}
