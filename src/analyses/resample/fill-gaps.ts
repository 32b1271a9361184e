import type { Bucket } from './buckets.js';
import type { Fill } from './resample.parameters.js';

export interface FilledBucket extends Bucket {
  /** Whether the value was made from those of other buckets. */
  readonly filled: boolean;
}

/** Gives values to buckets that have none. Without a value before (and, for linear, after) they keep none. */
export function fillGaps(buckets: readonly Bucket[], fill: Fill): FilledBucket[] {
  const known = buckets.flatMap(({ x }, i) => (x === null ? [] : [i]));
  let next = 0;
  return buckets.map((bucket, i) => {
    while ((known[next] ?? Infinity) < i) next += 1;
    if (bucket.x !== null) return { ...bucket, filled: false };
    const before = buckets[known[next - 1] ?? -1];
    const after = buckets[known[next] ?? -1];
    const x =
      fill === 'previous'
        ? (before?.x ?? null)
        : fill === 'linear'
          ? between(bucket.t, before, after)
          : null;
    return { ...bucket, x, filled: x !== null };
  });
}

/** The value at a time on the straight line between two buckets. */
function between(t: number, before: Bucket | undefined, after: Bucket | undefined): number | null {
  if (before?.x == null || after?.x == null) return null;
  const part = (t - before.t) / (after.t - before.t);
  return before.x * (1 - part) + after.x * part;
}
