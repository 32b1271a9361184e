import { IntegerField } from '../../parameters/fields.js';

/** As the course words it. */
const message = 'must be an integer';

export class DegreesParameters {
  @IntegerField({ description: 'First year.', min: -10_000, max: 10_000, optional: true, message })
  start?: number;

  @IntegerField({
    description: 'Most years to return.',
    min: 0,
    max: 10_000,
    optional: true,
    message,
  })
  limit?: number;

  @IntegerField({ description: 'Years to skip.', min: 0, max: 10_000, default: 0, message })
  offset!: number;
}
