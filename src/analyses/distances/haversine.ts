/**
 * SQL of the great-circle distance between two points on a sphere, in the unit of its radius. Haversine formula
 * (Sinnott, Sky and Telescope 68, 1984): 2 R asin(sqrt(sin²(Δφ/2) + cos φ1 cos φ2 sin²(Δλ/2))). Exact to about
 * a millimetre on the Earth for near points; up to 0.5 % off the ellipsoid.
 * @param a latitude and longitude in degrees, as SQL
 */
export function haversine(
  [lat1, lon1]: readonly [string, string],
  [lat2, lon2]: readonly [string, string],
  radius: string,
): string {
  const half = (a: string, b: string): string => `pow(sin(radians(${b} - ${a}) / 2), 2)`;
  const h = `${half(lat1, lat2)} + cos(radians(${lat1})) * cos(radians(${lat2})) * ${half(lon1, lon2)}`;
  // Rounding can push it over 1. Not least(): that makes 1 of a missing position.
  return `2 * ${radius} * asin(sqrt(CASE WHEN ${h} > 1 THEN 1 ELSE ${h} END))`;
}
