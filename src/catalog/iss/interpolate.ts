import type { Vector } from './vector.js';

/** Position in km and velocity in km/s at a time in milliseconds since 1970. */
export interface StateVector {
  readonly time: number;
  readonly position: Vector;
  readonly velocity: Vector;
}

/**
 * Between two epochs by the cubic that has the position and velocity of both (Hermite).
 *
 * Its error is at most h^4 / 384 times the greatest fourth derivative, h being the step. On a circular orbit of
 * radius r that derivative is mu^2 / r^5, with mu = 398,600.4418 km^3/s^2; `error` is that bound, in km.
 */
export function interpolate(
  before: StateVector,
  after: StateVector,
  time: number,
): StateVector & { readonly error: number } {
  const step = (after.time - before.time) / 1000;
  const s = (time - before.time) / 1000 / step;
  const at =
    (weights: readonly [number, number, number, number]) =>
    (axis: 0 | 1 | 2): number =>
      weights[0] * before.position[axis] +
      weights[1] * step * before.velocity[axis] +
      weights[2] * after.position[axis] +
      weights[3] * step * after.velocity[axis];
  const position = at([
    2 * s ** 3 - 3 * s ** 2 + 1,
    s ** 3 - 2 * s ** 2 + s,
    3 * s ** 2 - 2 * s ** 3,
    s ** 3 - s ** 2,
  ]);
  const slope = at([
    6 * s ** 2 - 6 * s,
    3 * s ** 2 - 4 * s + 1,
    6 * s - 6 * s ** 2,
    3 * s ** 2 - 2 * s,
  ]);
  const radius = Math.hypot(...before.position);
  return {
    time,
    position: [position(0), position(1), position(2)],
    velocity: [slope(0) / step, slope(1) / step, slope(2) / step],
    error: (step ** 4 / 384) * (GRAVITY ** 2 / radius ** 5),
  };
}

/** Standard gravitational parameter of the Earth, km^3/s^2. */
const GRAVITY = 398_600.4418;
