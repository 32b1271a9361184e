import { IntegerField, NumberField } from '../../parameters/fields.js';

export class WaterParameters {
  @NumberField({ description: 'Safe up to here, in NTU.', min: 1e-6, max: 4000, default: 1 })
  threshold!: number;

  @NumberField({
    description: 'Share of the turbidity that settles in an hour.',
    min: 1e-6,
    max: 0.999999,
    default: 0.02,
  })
  decay!: number;

  @IntegerField({
    description: 'The most recent measurements, of which the mean is taken.',
    min: 1,
    max: 1000,
    default: 5,
  })
  points!: number;
}
