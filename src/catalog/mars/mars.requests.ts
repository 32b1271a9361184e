import {
  ChoiceField,
  IntegerField,
  ObjectsField,
  NumberField,
  ObjectField,
} from '../../parameters/fields.js';
import { compositions, type Composition } from './trip.js';

/** `GET /mars/sites` */
export class SitesParameters {
  @IntegerField({ description: 'How many sites.', min: 1, max: 10_000, default: 5 })
  count!: number;

  @IntegerField({
    description: 'The same seed gives the same sites.',
    min: 0,
    max: 4_294_967_295,
    default: 1,
  })
  seed!: number;

  @NumberField({ description: 'Southern bound, degrees.', min: -90, max: 90, default: 16 })
  minLatitude!: number;

  @NumberField({ description: 'Northern bound, degrees.', min: -90, max: 90, default: 18 })
  maxLatitude!: number;

  @NumberField({ description: 'Western bound, degrees.', min: -180, max: 360, default: 82 })
  minLongitude!: number;

  @NumberField({ description: 'Eastern bound, degrees.', min: -180, max: 360, default: 84 })
  maxLongitude!: number;
}

export class PlaceRequest {
  @NumberField({ description: 'Degrees north.', min: -90, max: 90 })
  latitude!: number;

  @NumberField({ description: 'Degrees east.', min: -180, max: 360 })
  longitude!: number;
}

export class SiteRequest extends PlaceRequest {
  @IntegerField({ description: 'Number of the site.', min: 0, max: Number.MAX_SAFE_INTEGER })
  site_id!: number;

  @ChoiceField(compositions, { description: 'What the meteorite is made of.' })
  composition!: Composition;
}

export class SamplingRequest {
  @NumberField({ description: 'Hours for a stony meteorite.', min: 0, max: 1e6, default: 1 })
  stony!: number;

  @NumberField({ description: 'Hours for an iron meteorite.', min: 0, max: 1e6, default: 2 })
  iron!: number;

  @NumberField({ description: 'Hours for a stony-iron meteorite.', min: 0, max: 1e6, default: 3 })
  'stony-iron'!: number;
}

/** `POST /mars/trip`; the parts are checked by the classes above. */
export class TripRequest {
  @ObjectsField({
    description: 'The sites, each with site_id, latitude, longitude and composition.',
    example: [{ site_id: 1, latitude: 17.9, longitude: 83.4, composition: 'stony' }],
    max: 500,
  })
  sites!: Record<string, unknown>[];

  @ObjectField({
    description: 'Where the rover is: latitude and longitude.',
    default: { latitude: 16, longitude: 82 },
  })
  start!: Record<string, unknown>;

  @NumberField({ description: 'Speed, km/h.', min: 1e-3, max: 1e6, default: 10 })
  speed_km_h!: number;

  @NumberField({ description: 'Radius of the sphere, km.', min: 1e-3, max: 1e9, default: 3389.5 })
  radius_km!: number;

  @ObjectField({
    description: 'Hours that a sample takes, by composition.',
    default: { stony: 1, iron: 2, 'stony-iron': 3 },
  })
  sampling_hr!: Record<string, unknown>;

  @ChoiceField(['given', 'best'], {
    description:
      'In the order of the list, or the shortest way (of up to 12 sites; of more, a good one).',
    default: 'given',
  })
  order!: 'given' | 'best';
}
