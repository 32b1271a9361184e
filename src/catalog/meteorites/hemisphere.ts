/** Quarter of the globe: the equator and the meridian count as southern and western. Degrees. */
export const hemisphere = (latitude: number, longitude: number): string =>
  `${latitude > 0 ? 'Northern' : 'Southern'} & ${longitude > 0 ? 'Eastern' : 'Western'}`;

/** The same in SQL, from two columns of degrees. */
export const hemisphereSql = (latitude: string, longitude: string): string =>
  `CASE WHEN ${latitude} > 0 THEN 'Northern' ELSE 'Southern' END || ' & ' ||
   CASE WHEN ${longitude} > 0 THEN 'Eastern' ELSE 'Western' END`;
