import { finite, numberOf, scaleOf } from '../sql.js';
import type { CorrelationMethod } from './correlation.parameters.js';

/**
 * SQL for `n` and `r` of two columns, over the rows that have both. r is null for fewer than two different
 * values of either. Pearson's r = cov(x, y) / (sd(x) sd(y)); Spearman's is that of the ranks.
 */
export function pairSql(x: string, y: string, method: CorrelationMethod): string {
  // Ranks come out in no order, and sums differ in their last digit by the order of their terms.
  const r = finite(method === 'pearson' ? 'corr(a, b)' : 'corr(a, b ORDER BY a, b)');
  return `
    WITH pairs AS (
      SELECT x, y FROM (SELECT ${numberOf(x)} AS x, ${numberOf(y)} AS y FROM data)
      WHERE x IS NOT NULL AND y IS NOT NULL),
    compared AS (${method === 'pearson' ? VALUES : RANKS})
    SELECT count(*)::DOUBLE AS n,
      CASE WHEN min(a) < max(a) AND min(b) < max(b) THEN ${r} END AS r FROM compared`;
}

const VALUES = `SELECT x / sx AS a, y / sy AS b
  FROM pairs, (SELECT ${scaleOf('x')} AS sx, ${scaleOf('y')} AS sy FROM pairs)`;

/** Equal values share the mean of their ranks. */
const rank = (value: string): string =>
  `rank() OVER (ORDER BY ${value}) + (count(*) OVER (PARTITION BY ${value}) - 1) / 2`;

const RANKS = `SELECT (${rank('x')})::DOUBLE AS a, (${rank('y')})::DOUBLE AS b FROM pairs`;
