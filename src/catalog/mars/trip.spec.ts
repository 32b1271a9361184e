import { describe, expect, it } from '@jest/globals';

import { greatCircle } from './great-circle.js';
import { bestOrder, EXACT_SITES, planTrip, tripText, type Site, type TripOptions } from './trip.js';

const options: TripOptions = {
  start: { latitude: 16, longitude: 82 },
  speed: 10,
  radius: 3389.5,
  sampling: { stony: 1, iron: 2, 'stony-iron': 3 },
  order: 'given',
};
/** The two sites that the exercise prints. */
const sites: Site[] = [
  { site_id: 1, latitude: 17.93705170143149, longitude: 83.36448444826725, composition: 'stony' },
  { site_id: 2, latitude: 16.714833623042153, longitude: 82.84554246756586, composition: 'iron' },
];
const length = (way: readonly Site[]): number => planTrip(way, options).total_km;

function permutations<T>(list: readonly T[]): T[][] {
  if (list.length < 2) return [[...list]];
  return list.flatMap((one, at) =>
    permutations(list.toSpliced(at, 1)).map((rest) => [one, ...rest]),
  );
}

/** Sites by a generator of the spec: (a * n mod m) spreads them evenly. */
const many = (count: number): Site[] =>
  Array.from({ length: count }, (_, n) => ({
    site_id: n,
    latitude: 16 + ((n * 7919) % 1000) / 500,
    longitude: 82 + ((n * 104_729) % 1000) / 500,
    composition: 'iron',
  }));

describe('a trip', () => {
  it('goes along great circles, as the exercise prints it', () => {
    const { legs, number_of_legs, total_hr } = planTrip(sites, options);
    expect(legs[0]).toMatchObject({ leg: 1, site_id: 1, sample_hr: 1 });
    expect(legs[0]?.distance_km).toBeCloseTo(138.17137949579475, 9);
    expect(legs[1]?.travel_hr).toBeCloseTo(7.801721901880096, 9);
    expect(number_of_legs).toBe(2);
    expect(total_hr).toBeCloseTo(13.817137949579475 + 7.801721901880096 + 3, 9);
  });

  it('is a quarter of the circumference from the pole to the equator', () => {
    const pole = { latitude: 90, longitude: 0 };
    expect(greatCircle(pole, { latitude: 0, longitude: 77 }, 3389.5)).toBeCloseTo(
      (Math.PI / 2) * 3389.5,
      9,
    );
  });

  it('prints its legs and totals', () => {
    const text = tripText(planTrip(sites, options));
    expect(text.split('\n')).toEqual([
      'leg = 1, time to travel = 13.82 hr, time to sample = 1 hr',
      'leg = 2, time to travel = 7.80 hr, time to sample = 2 hr',
      '='.repeat(60),
      'number of legs = 2, total time elapsed = 24.62 hr',
      '',
    ]);
  });

  it('without sites has no legs', () => {
    expect(planTrip([], { ...options, order: 'best' })).toEqual({
      legs: [],
      number_of_legs: 0,
      total_km: 0,
      total_hr: 0,
    });
  });
});

describe('the best order', () => {
  it('is the shortest of all', () => {
    const all = many(7);
    const shortest = Math.min(...permutations(all).map(length));
    expect(length(bestOrder(all, options.start, options.radius))).toBeCloseTo(shortest, 9);
  });

  it('of more sites than can be compared visits each once and is shorter than the given one', () => {
    const all = many(EXACT_SITES + 28);
    const way = bestOrder(all, options.start, options.radius);
    expect(new Set(way).size).toBe(all.length);
    expect(length(way)).toBeLessThan(length(all) / 2);
  });
});
