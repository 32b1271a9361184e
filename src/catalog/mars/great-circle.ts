/** A place on a sphere, in degrees, north and east positive. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

const RADIANS = Math.PI / 180;

/**
 * Distance along the great circle, in the unit of the radius, by the haversine formula
 * hav(c) = hav(dlat) + cos(lat1) cos(lat2) hav(dlon) (R. W. Sinnott, Sky and Telescope 68, 1984).
 */
export function greatCircle(from: Place, to: Place, radius: number): number {
  const [lat1, lat2] = [from.latitude * RADIANS, to.latitude * RADIANS];
  const half = (angle: number): number => Math.sin(angle / 2) ** 2;
  const haversine =
    half(lat2 - lat1) +
    Math.cos(lat1) * Math.cos(lat2) * half((to.longitude - from.longitude) * RADIANS);
  return 2 * radius * Math.asin(Math.min(1, Math.sqrt(haversine)));
}
