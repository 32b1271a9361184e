import { IntegerField } from '../../parameters/fields.js';

export class DegreesParameters {
  @IntegerField({ description: 'First year.', min: -10_000, max: 10_000, optional: true })
  start?: number;

  @IntegerField({ description: 'Most years to return.', min: 0, max: 10_000, optional: true })
  limit?: number;
}
