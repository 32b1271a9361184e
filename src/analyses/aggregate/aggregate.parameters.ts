import { FUNCTIONS } from '../../data/query/aggregate/functions.js';
import { FILLS, type Fill } from '../../data/query/aggregate/request.js';
import { ChoiceField, TextField } from '../../parameters/fields.js';

/** The texts of `/datasets/{name}/aggregate`. */
export class AggregateAnalysisParameters {
  @TextField({
    description:
      'Columns whose values make the groups, separated by commas; one group of all rows by default.',
    maxLength: 4000,
    optional: true,
  })
  group?: string;

  @TextField({
    description: `What is computed for each group, separated by commas: ${FUNCTIONS}.`,
    maxLength: 20_000,
    default: 'count',
  })
  agg!: string;

  @TextField({
    description:
      'Groups by time: year, quarter, month, week, day, hour, minute or a step such as 15min, of a column: month(date).',
    optional: true,
  })
  bucket?: string;

  @ChoiceField(FILLS, {
    description: 'What stands in buckets without rows; none leaves them out.',
    default: 'none',
  })
  fill!: Fill;

  @TextField({
    description: 'Columns of the table to sort by, separated by commas; a minus sorts downwards.',
    maxLength: 4000,
    optional: true,
  })
  sort?: string;
}
