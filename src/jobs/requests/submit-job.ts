import { IntegerField, ObjectField, ScalarField, TextField } from '../../parameters/fields.js';
import { DEFAULT_TRIES } from '../job.js';

/** Body of POST /jobs. */
export class SubmitJob {
  @TextField({
    description:
      'What to run: a name of GET /analyses. Without it the default plot is drawn, over `start` to `end`.',
    example: 'value-counts',
    optional: true,
    maxLength: 100,
  })
  analysis?: string;

  @TextField({
    description: 'Dataset to run it on; the default dataset of the service where it is left out.',
    example: 'meteorites',
    optional: true,
    maxLength: 200,
  })
  dataset?: string;

  @ObjectField({
    description: 'Parameters of the analysis; GET /analyses/{name} describes them.',
    example: { column: 'recclass', top: 10 },
    optional: true,
  })
  params?: Record<string, unknown>;

  @ObjectField({
    description:
      'Which records to use: the filters of GET /datasets/{name}/records, such as `column`, `column__gte`, `start`, `end`, `search`, `bbox`.',
    example: { start: 1990, 'mass (g)__gt': 100 },
    optional: true,
  })
  filter?: Record<string, unknown>;

  @TextField({
    description: 'Any text, by which GET /jobs?label= finds the job.',
    example: 'weekly report',
    optional: true,
    maxLength: 200,
  })
  label?: string;

  @IntegerField({
    description: 'Longest run in seconds; at most the limit of the service, which is the default.',
    example: 60,
    optional: true,
    min: 1,
  })
  timeout?: number;

  @IntegerField({
    description:
      'Jobs with a higher priority are run first; among equals the order is that of submission.',
    default: 0,
    min: 0,
    max: 100,
  })
  priority?: number;

  @IntegerField({
    description: 'Seconds that the job waits before it may begin, a week at most.',
    example: 60,
    optional: true,
    min: 0,
    max: 604_800,
  })
  delay?: number;

  @IntegerField({
    description:
      'Runs before the job fails, where they end in an unexpected error. What is wrong with the request or the data fails it at once.',
    default: DEFAULT_TRIES,
    min: 1,
    max: 10,
  })
  attempts?: number;

  @ObjectField({
    description:
      'Where the end of the job is reported: `url`, and a `secret` of 16 characters or more that signs the report (CALLBACK_SECRET where it is left out).',
    example: { url: 'https://example.org/hooks/almanac', secret: 'a secret that both sides know' },
    optional: true,
  })
  callback?: Record<string, unknown>;

  @ScalarField({
    description: 'Start of the range of the default plot; only without `analysis`.',
    example: '2001',
    optional: true,
  })
  start?: string | number;

  @ScalarField({
    description: 'End of the range of the default plot; only without `analysis`.',
    example: '2021',
    optional: true,
  })
  end?: string | number;
}
