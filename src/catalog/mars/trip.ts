import { greatCircle, type Place } from './great-circle.js';

/** A tour of a rover to the sites of meteorites on Mars. */
export const compositions = ['stony', 'iron', 'stony-iron'] as const;
export type Composition = (typeof compositions)[number];

export interface Site extends Place {
  readonly site_id: number;
  readonly composition: Composition;
}

export interface TripOptions {
  readonly start: Place;
  /** km/h. */
  readonly speed: number;
  /** Of the sphere, km. */
  readonly radius: number;
  /** Hours that a sample takes, by composition. */
  readonly sampling: Readonly<Record<Composition, number>>;
  /** `given`: in the order of the list; `best`: the shortest way through all of them. */
  readonly order: 'given' | 'best';
}

export interface Leg {
  readonly leg: number;
  readonly site_id: number;
  readonly distance_km: number;
  readonly travel_hr: number;
  readonly sample_hr: number;
}

export interface Trip {
  readonly legs: readonly Leg[];
  readonly number_of_legs: number;
  readonly total_km: number;
  readonly total_hr: number;
}

/** The tour from the start through all sites; it does not return. */
export function planTrip(sites: readonly Site[], options: TripOptions): Trip {
  const { start, speed, radius, sampling, order } = options;
  const visited = order === 'best' ? bestOrder(sites, start, radius) : sites;
  let from = start;
  const legs = visited.map((site, index): Leg => {
    const distance_km = greatCircle(from, site, radius);
    from = site;
    return {
      leg: index + 1,
      site_id: site.site_id,
      distance_km,
      travel_hr: distance_km / speed,
      sample_hr: sampling[site.composition],
    };
  });
  return {
    legs,
    number_of_legs: legs.length,
    total_km: legs.reduce((sum, { distance_km }) => sum + distance_km, 0),
    total_hr: legs.reduce((sum, { travel_hr, sample_hr }) => sum + travel_hr + sample_hr, 0),
  };
}

/** Up to here every order is compared; beyond, a good one is found and improved. */
export const EXACT_SITES = 12;

/** The order with the shortest way from the start, which does not return. */
export function bestOrder(sites: readonly Site[], start: Place, radius: number): Site[] {
  const places = [start, ...sites];
  const distances = places.map((a) => places.map((b) => greatCircle(a, b, radius)));
  const way =
    sites.length <= EXACT_SITES ? shortest(distances) : improved(nearest(distances), distances);
  return way.map((index) => sites[index - 1]).filter((site) => site !== undefined);
}

/** Of two places in the table; 0 is the start. */
const between = (distances: readonly (readonly number[])[], a: number, b: number): number =>
  distances[a]?.[b] ?? Infinity;

/** Dynamic programming over subsets (M. Held and R. M. Karp, 1962): best[set][last], in O(2^n n^2). */
function shortest(distances: readonly (readonly number[])[]): number[] {
  const count = distances.length - 1;
  const size = 1 << count;
  const cost = new Float64Array(size * count).fill(Infinity);
  const before = new Int8Array(size * count).fill(-1);
  for (let last = 0; last < count; last++)
    cost[(1 << last) * count + last] = between(distances, 0, last + 1);
  for (let set = 1; set < size; set++) {
    for (let last = 0; last < count; last++) {
      const here = cost[set * count + last] ?? Infinity;
      if (here === Infinity) continue;
      for (let next = 0; next < count; next++) {
        if (set & (1 << next)) continue;
        const at = (set | (1 << next)) * count + next;
        const there = here + between(distances, last + 1, next + 1);
        if (there >= (cost[at] ?? Infinity)) continue;
        cost[at] = there;
        before[at] = last;
      }
    }
  }
  return wayBack(cost, before, count);
}

function wayBack(cost: Float64Array, before: Int8Array, count: number): number[] {
  let set = (1 << count) - 1;
  let last = 0;
  for (let one = 1; one < count; one++) {
    if ((cost[set * count + one] ?? Infinity) < (cost[set * count + last] ?? Infinity)) last = one;
  }
  const way: number[] = [];
  while (count > 0 && last >= 0) {
    way.unshift(last + 1);
    const previous = before[set * count + last] ?? -1;
    set &= ~(1 << last);
    last = previous;
  }
  return way;
}

/** Always to the nearest that is left. */
function nearest(distances: readonly (readonly number[])[]): number[] {
  const left = new Set(distances.keys());
  left.delete(0);
  const way: number[] = [];
  for (let here = 0; left.size > 0; here = way.at(-1) ?? 0) {
    const next = [...left].reduce((a, b) =>
      between(distances, here, b) < between(distances, here, a) ? b : a,
    );
    left.delete(next);
    way.push(next);
  }
  return way;
}

/** Turns pieces of the way around while that makes it shorter (2-opt; G. A. Croes, 1958). */
function improved(way: readonly number[], distances: readonly (readonly number[])[]): number[] {
  const path = [0, ...way];
  const gap = (a: number, b: number): number => between(distances, path[a] ?? 0, path[b] ?? 0);
  for (let turned = true; turned;) {
    turned = false;
    for (let i = 1; i < path.length - 1; i++) {
      for (let j = i + 1; j < path.length; j++) {
        const after = j + 1 < path.length ? gap(i, j + 1) - gap(j, j + 1) : 0;
        if (gap(i - 1, j) - gap(i - 1, i) + after >= -1e-9) continue;
        path.splice(i, j - i + 1, ...path.slice(i, j + 1).reverse());
        turned = true;
      }
    }
  }
  return path.slice(1);
}

const RULER = '='.repeat(60);

/** As the course's program prints it. */
export function tripText({ legs, number_of_legs, total_hr }: Trip): string {
  const lines = legs.map(
    ({ leg, travel_hr, sample_hr }) =>
      `leg = ${String(leg)}, time to travel = ${travel_hr.toFixed(2)} hr, time to sample = ${String(sample_hr)} hr`,
  );
  const total = `number of legs = ${String(number_of_legs)}, total time elapsed = ${total_hr.toFixed(2)} hr`;
  return [...lines, RULER, total, ''].join('\n');
}
