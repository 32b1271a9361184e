import { describe, expect, it } from '@jest/globals';

import { placeOf, siderealTime, sphericalPlaceOf } from './earth.js';
import { epochTime } from './epoch.js';
import { interpolate, type StateVector } from './interpolate.js';
import { lengthOf, type Vector } from './vector.js';

/** The epoch of the printed sample answer; expected figures computed independently with plain arithmetic. */
const SAMPLE = {
  epoch: '2023-056T20:08:00.000Z',
  position: [-4760.82089332574, -1965.70534547737, 4421.03162276408] as Vector,
  velocity: [5.05412111563143, -4.69206259844493, 3.35034817698289] as Vector,
};
const time = epochTime(SAMPLE.epoch) ?? NaN;

describe('the place of a state vector', () => {
  it('is that of the sample answer on a sphere', () => {
    const { latitude, altitude } = sphericalPlaceOf(SAMPLE.position);
    expect(latitude).toBeCloseTo(40.64084133393722, 9);
    expect(altitude).toBeCloseTo(416.8431503828533, 9);
    expect(lengthOf(SAMPLE.velocity)).toBeCloseTo(7.6671001419187075, 12);
  });

  it('has the right longitude, with precession and sidereal time', () => {
    expect((siderealTime(time) * 180) / Math.PI).toBeCloseTo(97.4287934275344, 6);
    expect(placeOf(SAMPLE.position, time).longitude).toBeCloseTo(105.26084414337845, 6);
  });

  it('is geodetic on WGS 84', () => {
    const south = epochTime('2022-050T03:58:30.000Z') ?? NaN;
    const place = placeOf([-2883.57903576126, 3314.37776237959, -5193.80085519027], south);
    expect(place.latitude).toBeCloseTo(-50.03211494142872, 8);
    expect(place.longitude).toBeCloseTo(-77.51736496511569, 6);
    expect(place.altitude).toBeCloseTo(437.00669132026906, 7);
  });
});

describe('an epoch', () => {
  it.each([
    ['2023-056T20:08:00.000Z', '2023-02-25T20:08:00.000Z'],
    ['2024-366T00:00:00.000Z', '2024-12-31T00:00:00.000Z'],
    ['2023-04-26T12:00:00.000', '2023-04-26T12:00:00.000Z'],
  ])('%s is %s', (text, iso) => {
    expect(new Date(epochTime(text) ?? NaN).toISOString()).toBe(iso);
  });

  it.each(['', 'now', '2023-056', '2023-00-01T00:00:00', '2023-056T25:00:00Z'])(
    '"%s" is none',
    (text) => {
      expect(epochTime(text)).toBeNull();
    },
  );
});

describe('the interpolation', () => {
  const radius = 6790;
  const rate = Math.sqrt(398_600.4418 / radius ** 3);
  /** A circular orbit, whose states are known at any time. */
  const circle = (seconds: number): StateVector => ({
    time: seconds * 1000,
    position: [radius * Math.cos(rate * seconds), radius * Math.sin(rate * seconds), 0],
    velocity: [
      -radius * rate * Math.sin(rate * seconds),
      radius * rate * Math.cos(rate * seconds),
      0,
    ],
  });

  it('gives the epochs themselves', () => {
    expect(interpolate(circle(0), circle(240), 0).position[0]).toBeCloseTo(radius, 9);
    expect(interpolate(circle(0), circle(240), 240_000).velocity[1]).toBeCloseTo(
      circle(240).velocity[1],
      9,
    );
  });

  it('is off by no more than the error that it states', () => {
    for (let second = 0; second <= 240; second += 8) {
      const { position, error } = interpolate(circle(0), circle(240), second * 1000);
      const [x, y] = circle(second).position;
      expect(Math.hypot(position[0] - x, position[1] - y)).toBeLessThanOrEqual(error * 1.001);
    }
    expect(interpolate(circle(0), circle(240), 120_000).error).toBeLessThan(0.1);
  });
});
