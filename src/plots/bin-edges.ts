import type { ScaleType } from './choices.js';
import { roundStep, steps, type Domain } from './ticks.js';
import { openDomain } from './extent.js';
import { timeSteps } from './time-steps.js';

/** Round edges of about `bins` bins that hold all values of the extent. */
export function binEdges(
  extent: Domain | null,
  scale: ScaleType,
  bins: number,
  whole: boolean,
): number[] {
  const domain = openDomain(extent, scale);
  if (scale === 'time') return timeSteps(domain, bins);
  if (scale === 'log') return logEdges(domain, bins);
  const [low, high] = wideEnough(domain, bins);
  const rough = roundStep(high - low, bins);
  const step = whole ? Math.max(1, rough) : rough;
  const start = Math.floor(low / step);
  const end = Math.ceil(high / step);
  return steps([(start - 0.1) * step, (Math.max(end, start + 1) + 0.1) * step], step);
}

/** Half of what a double holds, so that the width of all bins is a number; further values are in no bin. */
const MOST = 8e307;

/** A domain whose edges can be told apart: doubles hold less than 16 digits, and end near 1e-308. */
function wideEnough([low, high]: Domain, bins: number): Domain {
  const [from, to] = [Math.max(low, -MOST), Math.min(high, MOST)];
  const least = bins * Math.max(1e-290, 1e-12 * Math.max(Math.abs(from), Math.abs(to)));
  return [from, Math.max(to, from + least)];
}

/** Edges that divide each decade into equal parts on the logarithm. */
function logEdges([low, high]: Domain, bins: number): number[] {
  const decades = Math.max(Math.log10(high / low), 1e-6);
  const parts = roundParts(bins / decades);
  const start = Math.floor(Math.log10(low) * parts + 1e-9);
  const end = Math.ceil(Math.log10(high) * parts - 1e-9);
  const edges: number[] = [];
  for (let i = start; i <= Math.max(end, start + 1); i += 1) {
    edges.push(Number((10 ** (i / parts)).toPrecision(12)));
  }
  // Rounding must not push the ends inside.
  edges[0] = Math.min(edges[0] ?? low, low);
  edges[edges.length - 1] = Math.max(edges.at(-1) ?? high, high);
  return edges;
}

/** Parts of a decade: 1, 2, 3, 4, 5, 8, 10, 20, ... */
function roundParts(parts: number): number {
  const known = [1, 2, 3, 4, 5, 8, 10, 16, 20, 32, 50, 100, 200, 500, 1000, 10_000, 100_000];
  return known.findLast((one) => one <= parts * 1.2) ?? 1;
}
