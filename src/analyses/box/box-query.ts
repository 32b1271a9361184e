import { quoteIdentifier } from '../../data/identifier.js';
import type { Box, BoxPicture } from '../../plots/picture.js';
import type { DatasetReader } from '../analysis.js';

/** Outliers of one box that are drawn, on each side: the farthest. */
export const MOST_OUTLIERS = 100;

/** SQL of the values: finite, and above 0 on a logarithm. */
export const valueOf = (y: string, log: boolean): string => {
  const value = `${quoteIdentifier(y)}::DOUBLE`;
  return `CASE WHEN isfinite(${value})${log ? ` AND ${value} > 0` : ''} THEN ${value} END`;
};

/** Rows of the query: their group, colour and value, and the quartiles of those. */
const quartered = (value: string, group: string, color: string): string => `
  rowed AS (SELECT (${group})::INTEGER AS g, (${color})::INTEGER AS c, ${value} AS v FROM data),
  valued AS (SELECT * FROM rowed WHERE v IS NOT NULL),
  quartiles AS (
    SELECT g, c, quantile_cont(v, [0.25, 0.5, 0.75]) AS q, avg(v) AS mean, count(*)::DOUBLE AS n
    FROM valued GROUP BY g, c),
  fenced AS (
    SELECT *, q[1] - 1.5 * (q[3] - q[1]) AS below, q[3] + 1.5 * (q[3] - q[1]) AS above
    FROM quartiles)`;

/** Quartiles interpolate between values; whiskers end at the last value within 1.5 ranges of the box. */
export function boxesOf(
  dataset: DatasetReader,
  value: string,
  group: string,
  color: string,
): Promise<Box[]> {
  return dataset.rows<Box>(
    `WITH ${quartered(value, group, color)}
     SELECT g AS "group", c AS color, any_value(n) AS rows,
            min(v) FILTER (v >= below) AS low, any_value(q)[1] AS q1, any_value(q)[2] AS median,
            any_value(q)[3] AS q3, max(v) FILTER (v <= above) AS high, any_value(mean) AS mean,
            (count(*) FILTER (v < below OR v > above))::DOUBLE AS outliers
     FROM valued JOIN fenced USING (g, c) GROUP BY g, c ORDER BY g, c`,
  );
}

/** The farthest values beyond the whiskers. */
export function outliersOf(
  dataset: DatasetReader,
  value: string,
  group: string,
  color: string,
): Promise<BoxPicture['outliers'][number][]> {
  return dataset.rows(
    `WITH ${quartered(value, group, color)},
     beyond AS (SELECT g, c, v, v > above AS upper FROM valued JOIN fenced USING (g, c) WHERE v < below OR v > above),
     placed AS (
       SELECT g, c, v, row_number() OVER (PARTITION BY g, c, upper ORDER BY CASE WHEN upper THEN -v ELSE v END) AS place
       FROM beyond)
     SELECT g AS "group", c AS color, v AS value FROM placed WHERE place <= ${MOST_OUTLIERS} ORDER BY g, c, v`,
  );
}
