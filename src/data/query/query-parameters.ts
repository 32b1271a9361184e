import { BooleanField, ChoiceField, IntegerField, TextField } from '../../parameters/fields.js';
import { FUNCTIONS } from './aggregate/functions.js';
import { FILLS, type Fill } from './aggregate/request.js';
import { VersionField } from './version-field.js';

/**
 * Query parameters of the routes that read records. Any other name is a filter on a column; a column
 * that is called like one of these is filtered as `limit__eq=5`.
 */
export class FilterParameters {
  @TextField({
    description:
      'First value of the time (or index) column, included. A year, month or day stands for all of it.',
    example: '1990',
    optional: true,
  })
  start?: string;

  @TextField({
    description: 'Last value of the time (or index) column, included.',
    example: '2013',
    optional: true,
  })
  end?: string;

  @TextField({
    description:
      'Words which all have to occur in the text columns; case and accents do not matter.',
    example: 'iron',
    optional: true,
  })
  search?: string;

  @TextField({
    description: 'minLon,minLat,maxLon,maxLat in degrees, included.',
    example: '-10,35,30,60',
    optional: true,
  })
  bbox?: string;
}

/** Filters, and which version they are applied to. */
export class ReadParameters extends FilterParameters {
  @VersionField()
  version?: number;
}

export class PageParameters extends ReadParameters {
  @TextField({
    description:
      'Columns to sort by, separated by commas; a minus sorts downwards. Nulls come last.',
    example: '-mass,name',
    maxLength: 4000,
    optional: true,
  })
  sort?: string;

  @TextField({
    description: 'Columns to return, separated by commas. Default: all.',
    example: 'name,mass',
    maxLength: 20_000,
    optional: true,
  })
  fields?: string;

  @IntegerField({ description: 'Most records to return.', min: 0, max: 10_000, default: 100 })
  limit!: number;

  @IntegerField({
    description: 'Records to skip.',
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    default: 0,
  })
  offset!: number;

  @TextField({
    description:
      'Begins behind the last record of a page: `cursor` of its link `next`. What is written in between does not shift it.',
    maxLength: 32_000,
    optional: true,
  })
  cursor?: string;

  @BooleanField({ description: 'Whether to count all matching records.', default: true })
  total!: boolean;

  @TextField({
    description:
      'Columns whose values are counted among all matching records, separated by commas; at most 10.',
    example: 'recclass,fall',
    maxLength: 4000,
    optional: true,
  })
  facets?: string;

  @IntegerField({
    description: 'Most values of a facet; the rest is counted as `other`.',
    min: 1,
    max: 1_000,
    default: 20,
  })
  facetSize!: number;
}

export class AggregateParameters extends ReadParameters {
  @TextField({
    description:
      'Columns whose values make the groups, separated by commas. Default: one group of all records.',
    example: 'recclass',
    maxLength: 4000,
    optional: true,
  })
  group?: string;

  @TextField({
    description: `What is computed for each group, separated by commas: ${FUNCTIONS}.`,
    example: 'count,mean(mass (g)),p95(mass (g))',
    maxLength: 20_000,
    default: 'count',
  })
  agg!: string;

  @TextField({
    description:
      'Groups by time: year, quarter, month, week, day, hour, minute or a step such as 15min, of a column.',
    example: 'month(time)',
    optional: true,
  })
  bucket?: string;

  @ChoiceField(FILLS, {
    description:
      'What stands in buckets without records: none leaves them out; counts are 0, other figures are null, zero, the previous or on a line between their neighbours.',
    default: 'none',
  })
  fill!: Fill;

  @TextField({
    description:
      'Columns of the answer to sort by, separated by commas; a minus sorts downwards. Default: the groups.',
    example: '-count',
    maxLength: 4000,
    optional: true,
  })
  sort?: string;

  @IntegerField({ description: 'Most groups to return.', min: 0, max: 10_000, default: 100 })
  limit!: number;

  @IntegerField({
    description: 'Groups to skip.',
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    default: 0,
  })
  offset!: number;
}
