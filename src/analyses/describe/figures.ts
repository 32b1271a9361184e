import { quoteIdentifier } from '../../data/identifier.js';
import { outputExpression } from '../../data/query/output.js';
import { kindOf, type Column } from '../../data/schema.js';
import { finite, numberOf, scaleOf } from '../sql.js';

export const figureNames = [
  ...['column', 'type', 'count', 'missing', 'distinct', 'min', 'max'],
  ...['mean', 'sd', 'q25', 'median', 'q75', 'top', 'top_count'],
] as const;

const quartile = (part: number): string => finite(`quantile_cont(n / s, ${part}) * any_value(s)`);

const NUMBERS = `${finite('favg(n / s) * any_value(s)')} AS mean,
  ${finite('stddev_samp(n / s) * any_value(s)')} AS sd, ${quartile(0.25)} AS q25,
  ${quartile(0.5)} AS median, ${quartile(0.75)} AS q75`;
const NO_NUMBERS = 'NULL AS mean, NULL AS sd, NULL AS q25, NULL AS median, NULL AS q75';

/**
 * SQL for one row of figures of a column. The standard deviation is that of a sample (n - 1); quartiles are
 * interpolated linearly (type 7 of Hyndman and Fan); of equally frequent values the least is `top`.
 */
export function columnFigures(column: Column): string {
  const isNumber = kindOf(column) === 'number';
  const shown = (name: string): string => outputExpression({ ...column, name });
  return `
    WITH v AS (SELECT ${valueOf(column)} AS x, ${isNumber ? numberOf(column.name) : 'NULL'} AS n FROM data),
      most AS (SELECT x, count(*) AS times FROM v WHERE x IS NOT NULL GROUP BY x ORDER BY times DESC, x LIMIT 1),
      scaled AS (SELECT x, n, s FROM v, (SELECT ${isNumber ? `${scaleOf('n')} AS s FROM v` : '1 AS s'})),
      figures AS (
        SELECT count(x)::DOUBLE AS count, (count(*) - count(x))::DOUBLE AS missing,
          count(DISTINCT x)::DOUBLE AS "distinct", min(x) AS min, max(x) AS max,
          ${isNumber ? NUMBERS : NO_NUMBERS},
          (SELECT x FROM most) AS top, (SELECT times::DOUBLE FROM most) AS top_count
        FROM scaled)
    SELECT * REPLACE (${shown('min')} AS min, ${shown('max')} AS max, ${shown('top')} AS top) FROM figures`;
}

/** Values that can be compared and put into JSON; numbers beyond JSON count as missing. */
function valueOf({ name, type }: Column): string {
  if (type === 'number') return numberOf(name);
  return type === 'json' ? `${quoteIdentifier(name)}::VARCHAR` : quoteIdentifier(name);
}
