import type { DatasetReader } from '../analysis.js';
import { finite, numberOf, scaleOf } from '../sql.js';
import type { OutlierMethod } from './outliers.parameters.js';

/** What ordinary values lie between, and by what they are measured. */
export interface Limits {
  readonly rows: number;
  readonly missing: number;
  /** The first and third quartile, or twice the mean. */
  readonly from: number | null;
  readonly to: number | null;
  /** Distance of the quartiles, or the standard deviation of the sample. */
  readonly spread: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

const MEASURES: Record<OutlierMethod, string> = {
  iqr: `quantile_cont(x / s, 0.25) AS a, quantile_cont(x / s, 0.75) AS b,
    quantile_cont(x / s, 0.75) - quantile_cont(x / s, 0.25) AS d`,
  zscore: 'favg(x / s) AS a, favg(x / s) AS b, stddev_samp(x / s) AS d',
};

/** Limits by Tukey's rule (q1 - k (q3 - q1), q3 + k (q3 - q1)), or mean -+ k standard deviations. */
export async function findLimits(
  dataset: DatasetReader,
  column: string,
  method: OutlierMethod,
  threshold: number,
): Promise<Limits> {
  const k = `(${threshold})::DOUBLE`;
  const [limits] = await dataset.rows<Limits>(`
    WITH v AS (SELECT ${numberOf(column)} AS x FROM data),
    measured AS (
      SELECT count(*)::DOUBLE AS rows, (count(*) - count(x))::DOUBLE AS missing, any_value(s) AS s,
        ${MEASURES[method]} FROM v, (SELECT ${scaleOf('x')} AS s FROM v))
    SELECT rows, missing, ${finite('a * s')} AS from, ${finite('b * s')} AS to, ${finite('d * s')} AS spread,
      ${finite(`(a - ${k} * d) * s`)} AS low, ${finite(`(b + ${k} * d) * s`)} AS high FROM measured`);
  if (limits === undefined) throw new Error('an aggregate without a row');
  return limits;
}
