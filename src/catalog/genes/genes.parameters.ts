import { IntegerField } from '../../parameters/fields.js';

export class GenesParameters {
  @IntegerField({
    description: 'Most ids to return. Default: all.',
    min: 0,
    max: 1_000_000,
    optional: true,
  })
  limit?: number;

  @IntegerField({ description: 'Ids to skip.', min: 0, max: 1_000_000_000, default: 0 })
  offset!: number;
}
