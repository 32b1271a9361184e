import { ColumnField, NumberField, NumbersField } from '../../parameters/fields.js';

/** Mean radius of the Earth, IUGG: (2 a + b) / 3 of WGS 84, in km. */
export const EARTH_RADIUS_KM = 6371.0088;

export class DistancesParameters {
  @ColumnField({
    description: "Column of latitudes in degrees; the dataset's position by default.",
    kinds: ['number'],
    optional: true,
  })
  lat?: string;

  @ColumnField({
    description: 'Column of longitudes in degrees, east of Greenwich.',
    kinds: ['number'],
    optional: true,
  })
  lon?: string;

  @ColumnField({
    description: 'Column in whose order the rows are visited; the order of the table by default.',
    optional: true,
  })
  order?: string;

  @NumbersField({
    description:
      'Start of the way: latitude, longitude. Without it the way starts at the first row.',
    optional: true,
    max: 2,
    example: [16, 82],
  })
  from?: number[];

  @NumbersField({
    description:
      'Measure from every row to this latitude, longitude instead; the nearest row first.',
    optional: true,
    max: 2,
    example: [48.14, 11.58],
  })
  to?: number[];

  @NumberField({
    description: 'Radius of the sphere in km; 3389.5 is Mars.',
    default: EARTH_RADIUS_KM,
    min: 1e-6,
    max: 1e9,
  })
  radius!: number;
}
