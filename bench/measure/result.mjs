/**
 * One line of the report: a figure of Almanac beside that of something else, both measured in turn in the
 * same run.
 *
 * @typedef {{ median: number, least: number, most: number, values: number[] }} Figures
 * @typedef {object} Result
 * @property {string} what
 * @property {Figures} ours
 * @property {string} [against] what `other` is
 * @property {Figures} [other]
 * @property {'ms' | 'requests/s' | 'records/s' | 'jobs/s' | 'articles/s' | 'MB/s' | 'MB'} unit
 * @property {'ratio' | 'share' | 'extra'} [compare] how many times better we are, our part of the other,
 *   or what we need on top of it
 * @property {{ atLeast: number } | { atMost: number }} [target] of that; without `other`, of the figure itself
 * @property {string} [note]
 */

const MORE_IS_BETTER = new Set(['requests/s', 'records/s', 'jobs/s', 'articles/s', 'MB/s']);

/**
 * The comparison of a result; null for a line that only tells a figure.
 * @param {Result} result
 */
export function comparison({ ours, other, unit, compare = 'ratio' }) {
  if (other === undefined) return null;
  if (compare === 'extra') return ours.median - other.median;
  if (compare === 'share' || MORE_IS_BETTER.has(unit)) return ours.median / other.median;
  return other.median / ours.median;
}

/** Whether a result meets its target; null where it has none. */
export function isMet(result) {
  const value = comparison(result) ?? result.ours.median;
  if (result.target === undefined) return null;
  return 'atLeast' in result.target
    ? value >= result.target.atLeast
    : value <= result.target.atMost;
}
