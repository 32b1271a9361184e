import { quoteIdentifier } from '../../data/identifier.js';
import { kindOf, type Column } from '../../data/schema.js';

export const figureNames = [
  ...['column', 'type', 'count', 'missing', 'distinct', 'min', 'max'],
  ...['mean', 'sd', 'q25', 'median', 'q75', 'top', 'top_count'],
] as const;

const NUMBERS = `avg(x) AS mean, stddev_samp(x) AS sd, quantile_cont(x, 0.25) AS q25,
  quantile_cont(x, 0.5) AS median, quantile_cont(x, 0.75) AS q75`;
const NO_NUMBERS = 'NULL AS mean, NULL AS sd, NULL AS q25, NULL AS median, NULL AS q75';

/**
 * SQL for one row of figures of a column. The standard deviation is that of a sample (n - 1); quartiles are
 * interpolated linearly (type 7 of Hyndman and Fan); of equally frequent values the least is `top`.
 */
export function columnFigures(column: Column): string {
  const name = quoteIdentifier(column.name);
  const kind = kindOf(column);
  const value =
    kind === 'number'
      ? `${name}::DOUBLE`
      : column.type === 'json'
        ? `CAST(${name} AS VARCHAR)`
        : name;
  return `
    WITH v AS (SELECT ${value} AS x FROM data),
      most AS (SELECT x, count(*) AS n FROM v WHERE x IS NOT NULL GROUP BY x ORDER BY n DESC, x LIMIT 1)
    SELECT count(x)::DOUBLE AS count, (count(*) - count(x))::DOUBLE AS missing,
      count(DISTINCT x)::DOUBLE AS "distinct", min(x) AS min, max(x) AS max,
      ${kind === 'number' ? NUMBERS : NO_NUMBERS},
      (SELECT x FROM most) AS top, (SELECT n::DOUBLE FROM most) AS top_count
    FROM v`;
}
