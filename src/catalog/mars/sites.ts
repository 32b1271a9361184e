import { compositions, type Site } from './trip.js';

export interface SiteBounds {
  readonly minLatitude: number;
  readonly maxLatitude: number;
  readonly minLongitude: number;
  readonly maxLongitude: number;
}

/** Random sites within bounds; the same seed gives the same sites, on every machine. */
export function generateSites(count: number, seed: number, bounds: SiteBounds): Site[] {
  const random = mulberry32(seed);
  const between = (min: number, max: number): number => min + random() * (max - min);
  return Array.from({ length: count }, (_, index) => ({
    site_id: index + 1,
    latitude: between(bounds.minLatitude, bounds.maxLatitude),
    longitude: between(bounds.minLongitude, bounds.maxLongitude),
    composition: compositions[Math.floor(random() * compositions.length)] ?? 'stony',
  }));
}

/** A small generator of even quality (T. Ettinger, public domain): state plus a constant, mixed. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
