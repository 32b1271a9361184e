import { ChoiceField, IntegerField, TextField } from '../../parameters/fields.js';
import { jobStatuses, type JobStatus } from '../job.js';

/** Query of GET /jobs. */
export class ListJobs {
  @ChoiceField(jobStatuses, { description: 'Only jobs with this status.', optional: true })
  status?: JobStatus;

  @TextField({
    description: 'Only jobs of this analysis.',
    example: 'value-counts',
    optional: true,
    maxLength: 100,
  })
  analysis?: string;

  @TextField({
    description: 'Only jobs on this dataset.',
    example: 'meteorites',
    optional: true,
    maxLength: 200,
  })
  dataset?: string;

  @TextField({ description: 'Only jobs with this label.', optional: true, maxLength: 200 })
  label?: string;

  @TextField({
    description: 'Only jobs submitted before this day or time (UTC).',
    example: '2026-11-22T06:00:00Z',
    optional: true,
    maxLength: 40,
  })
  before?: string;

  @TextField({
    description: 'Only jobs submitted on or after this day or time (UTC).',
    example: '2026-11-22',
    optional: true,
    maxLength: 40,
  })
  after?: string;

  @IntegerField({ description: 'Most jobs of one page.', default: 100, min: 1, max: 1000 })
  limit!: number;

  @TextField({
    description:
      '`cursor` of the link `next` of the page before; jobs added since then do not shift it.',
    optional: true,
    maxLength: 20,
    pattern: [/^\d{1,17}$/, 'must be the cursor of the link next of a page'],
  })
  cursor?: string;
}
