import { julianDate } from './epoch.js';
import { rotateY, rotateZ, type Vector } from './vector.js';

/**
 * From the frame of orbit files (EME2000: mean equator and equinox of 2000) to places on Earth. Nutation and the motion
 * of the poles are left out; together they move a place by less than 0.01 degrees.
 */
const RADIANS = Math.PI / 180;
const ARC_SECOND = RADIANS / 3600;

/** Equatorial radius in km and flattening of WGS 84 (NGA.STND.0036). */
const WGS84 = { radius: 6378.137, flattening: 1 / 298.257223563 };

/** Mean radius of the Earth, km (IUGG: (2a + b) / 3, in the value that the original course used). */
export const MEAN_RADIUS = 6371.00877;

/** Julian centuries since 2000, UT1 taken as UTC. */
const centuries = (time: number): number => (julianDate(time) - 2_451_545) / 36_525;

/** Greenwich mean sidereal time in radians (IAU 1982; S. Aoki et al., A&A 105, 1982). */
export function siderealTime(time: number): number {
  const t = centuries(time);
  const seconds =
    67_310.54841 + (876_600 * 3600 + 8_640_184.812866) * t + 0.093104 * t ** 2 - 6.2e-6 * t ** 3;
  const degrees = (seconds / 240) % 360;
  return (degrees < 0 ? degrees + 360 : degrees) * RADIANS;
}

/** To the mean equator and equinox of date (IAU 1976 precession; J. Lieske et al., A&A 58, 1977). */
export function precess(vector: Vector, time: number): Vector {
  const t = centuries(time);
  const zeta = (2306.2181 * t + 0.30188 * t ** 2 + 0.017998 * t ** 3) * ARC_SECOND;
  const z = (2306.2181 * t + 1.09468 * t ** 2 + 0.018203 * t ** 3) * ARC_SECOND;
  const theta = (2004.3109 * t - 0.42665 * t ** 2 - 0.041833 * t ** 3) * ARC_SECOND;
  return rotateZ(rotateY(rotateZ(vector, -zeta), theta), -z);
}

/** Degrees and km; longitude from -180 up to, but without, 180. */
export interface Position {
  readonly latitude: number;
  readonly longitude: number;
  readonly altitude: number;
}

/** Geodetic place on WGS 84 below a state vector in EME2000, km. */
export function placeOf(vector: Vector, time: number): Position {
  const [x, y, z] = precess(vector, time);
  const longitude = (Math.atan2(y, x) - siderealTime(time)) / RADIANS;
  return { longitude: wrapped(longitude), ...geodetic(Math.hypot(x, y), z) };
}

/** The figures of the original course: a sphere, and the latitude in the frame of 2000. */
export const sphericalPlaceOf = ([x, y, z]: Vector): Omit<Position, 'longitude'> => ({
  latitude: Math.atan2(z, Math.hypot(x, y)) / RADIANS,
  altitude: Math.sqrt(x * x + y * y + z * z) - MEAN_RADIUS,
});

/** By iteration on the latitude (D. Vallado, Fundamentals of Astrodynamics, algorithm 12). */
function geodetic(distance: number, z: number): Omit<Position, 'longitude'> {
  const { radius, flattening } = WGS84;
  const eccentricity2 = flattening * (2 - flattening);
  let latitude = Math.atan2(z, distance);
  let curvature = radius;
  for (let round = 0; round < 8; round++) {
    const sin = Math.sin(latitude);
    curvature = radius / Math.sqrt(1 - eccentricity2 * sin * sin);
    latitude = Math.atan2(z + curvature * eccentricity2 * sin, distance);
  }
  const polar = Math.abs(latitude) > Math.PI / 4;
  const altitude = polar
    ? z / Math.sin(latitude) - curvature * (1 - eccentricity2)
    : distance / Math.cos(latitude) - curvature;
  return { latitude: latitude / RADIANS, altitude };
}

const wrapped = (degrees: number): number => ((((degrees + 180) % 360) + 360) % 360) - 180;
