import type { ScaleType, ValueScale } from './choices.js';
import { roundDomain, roundLogDomain, type Domain } from './ticks.js';

/** Whether a value can be drawn on a scale: missing values cannot, nor zero on a logarithm. */
export const isDrawable = (value: number, scale: ScaleType | ValueScale): boolean =>
  Number.isFinite(value) && (scale !== 'log' || value > 0);

/** Whether a value lies between the requested ends of an axis. */
export const isWithin = (
  value: number,
  { min = -8e307, max = 8e307 }: { readonly min?: number; readonly max?: number },
): boolean => value >= min && value <= max;

/** The smallest and the largest drawable value, or null where there is none. */
export function extentOf(
  columns: readonly Float64Array[],
  scale: ScaleType | ValueScale,
): Domain | null {
  const floor = scale === 'log' ? 0 : -Infinity;
  let low = Infinity;
  let high = -Infinity;
  for (const values of columns) {
    // An index is four times as fast as the iterator of a typed array.
    // eslint-disable-next-line @typescript-eslint/prefer-for-of
    for (let i = 0; i < values.length; i += 1) {
      const value = values[i] ?? NaN;
      if (!(value > floor) || value === Infinity) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? [low, high] : null;
}

const DAY = 86_400_000;

/** A domain with room around a single value, and a plain one where there is no value at all. */
export function openDomain(extent: Domain | null, scale: ScaleType | ValueScale): Domain {
  if (extent === null) return scale === 'log' ? [1, 10] : scale === 'time' ? [0, DAY] : [0, 1];
  const [low, high] = extent;
  if (low < high) return extent;
  if (scale === 'log') return [low / 2, low * 2];
  if (scale === 'time') return [low - DAY / 2, low + DAY / 2];
  const room = low === 0 ? 1 : Math.abs(low) * 0.1;
  return [low - room, low + room];
}

/** The domain of an axis: round, but where the request sets an end of it. */
export function axisDomain(
  extent: Domain | null,
  scale: ScaleType,
  { min, max }: { readonly min?: number; readonly max?: number },
  count: number,
): Domain {
  const asked: Domain | null =
    extent === null && min !== undefined && max !== undefined ? [min, max] : extent;
  const [low, high] = openDomain(asked, scale).map(bounded) as [number, number];
  const [from, to] = ends([min ?? low, max ?? high], scale, { min, max });
  const rounded = scale === 'time' ? [from, to] : round([from, to], scale, count);
  return [min ?? Math.min(from, rounded[0]), max ?? Math.max(to, rounded[1])];
}

/** Half of what a double holds, so that differences of two ends are numbers too. */
const bounded = (value: number): number => Math.max(-8e307, Math.min(8e307, value));

const round = (domain: Domain, scale: ScaleType, count: number): Domain =>
  scale === 'log' ? roundLogDomain(domain) : roundDomain(domain, count);

/** A requested end may lie beyond all values; the other end then gives way. */
function ends(
  [from, to]: Domain,
  scale: ScaleType,
  { min, max }: { readonly min?: number | undefined; readonly max?: number | undefined },
): Domain {
  if (from < to) return [from, to];
  if (min !== undefined)
    return scale === 'log' ? [min, min * 10] : [min, min + (Math.abs(min) || 1)];
  const end = max ?? to;
  return scale === 'log' ? [end / 10, end] : [end - (Math.abs(end) || 1), end];
}
