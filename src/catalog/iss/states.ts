import { feature } from '@rapideditor/country-coder';

import { placeOf, sphericalPlaceOf } from './earth.js';
import type { StateVector } from './interpolate.js';
import { lengthOf } from './vector.js';

/** A row of the dataset. */
export interface StateRow {
  readonly EPOCH: string;
  /** RFC 3339. */
  readonly time: string;
  readonly X: number;
  readonly Y: number;
  readonly Z: number;
  readonly X_DOT: number;
  readonly Y_DOT: number;
  readonly Z_DOT: number;
}

interface Quantity {
  readonly value: number;
  readonly units: string;
}

export interface Location {
  /** WGS 84, degrees. */
  readonly latitude: number;
  readonly longitude: number;
  readonly altitude: Quantity;
  /** The country below; null over the oceans. */
  readonly geo: {
    readonly country: string;
    readonly code: string | null;
    readonly region: string | null;
  } | null;
  /** The figures of the original course. */
  readonly spherical: { readonly latitude: number; readonly altitude: Quantity };
}

export const stateOf = ({ time, X, Y, Z, X_DOT, Y_DOT, Z_DOT }: StateRow): StateVector => ({
  time: Date.parse(time),
  position: [X, Y, Z],
  velocity: [X_DOT, Y_DOT, Z_DOT],
});

export const speedOf = ({ velocity }: StateVector): Quantity => ({
  value: lengthOf(velocity),
  units: 'km/s',
});

export function locationOf({ position, time }: StateVector): Location {
  const { latitude, longitude, altitude } = placeOf(position, time);
  const sphere = sphericalPlaceOf(position);
  return {
    latitude,
    longitude,
    altitude: { value: altitude, units: 'km' },
    geo: countryAt(latitude, longitude),
    spherical: { latitude: sphere.latitude, altitude: { value: sphere.altitude, units: 'km' } },
  };
}

function countryAt(latitude: number, longitude: number): Location['geo'] {
  const found = feature([longitude, latitude])?.properties;
  if (found === undefined) return null;
  const { nameEn, iso1A2 } = found;
  const part = feature([longitude, latitude], { level: 'subterritory' })?.properties.nameEn ?? null;
  return { country: nameEn, code: iso1A2 ?? null, region: part === nameEn ? null : part };
}
