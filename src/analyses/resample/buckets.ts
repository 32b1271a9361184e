import { Problem } from '../../errors/problem.js';
import type { DatasetReader } from '../analysis.js';
import { finite, millisecondsOf, numberOf } from '../sql.js';
import { quoteIdentifier } from '../../data/identifier.js';
import type { ResampleAggregate, ResampleParameters } from './resample.parameters.js';

export interface Bucket {
  /** Start, in milliseconds since 1970. */
  readonly t: number;
  readonly x: number | null;
  /** Rows with a value. */
  readonly n: number;
}

const MOST_BUCKETS = 100_000;

const AGGREGATES: Record<ResampleAggregate, string> = {
  mean: 'favg(x)',
  sum: 'fsum(x)',
  min: 'min(x)',
  max: 'max(x)',
  median: 'quantile_cont(x, 0.5)',
  sd: 'CASE WHEN max(abs(x)) < 1e150 THEN stddev_samp(x) END',
  count: 'count(x)::DOUBLE',
  first: 'arg_min(x, moment)',
  last: 'arg_max(x, moment)',
};

const UNITS: Readonly<Record<string, { readonly sql: string; readonly ms: number }>> = {
  s: { sql: 'second', ms: 1_000 },
  min: { sql: 'minute', ms: 60_000 },
  h: { sql: 'hour', ms: 3_600_000 },
  d: { sql: 'day', ms: 86_400_000 },
  w: { sql: 'week', ms: 7 * 86_400_000 },
  mo: { sql: 'month', ms: 30.436875 * 86_400_000 },
  y: { sql: 'year', ms: 365.2425 * 86_400_000 },
};

/** A width such as `15min`: as an interval of DuckDB, and about how long it is. */
export function parseEvery(every: string): { readonly interval: string; readonly ms: number } {
  const [, count = '1', unit = 'd'] = /^(\d+)([a-z]+)$/.exec(every) ?? [];
  const { sql, ms } = UNITS[unit] ?? { sql: 'day', ms: 86_400_000 };
  return { interval: `INTERVAL '${count} ${sql}'`, ms: Number(count) * ms };
}

/**
 * The buckets in their order; those without rows too, unless `fill` is none.
 * @throws Problem where there are more than a table holds
 */
export async function readBuckets(
  { time = '', value, every, agg, fill }: ResampleParameters,
  dataset: DatasetReader,
): Promise<Bucket[]> {
  const { interval, ms } = parseEvery(every);
  const grouped = `
    WITH v AS (
      SELECT ${quoteIdentifier(time)}::TIMESTAMP AS moment, ${numberOf(value)} AS x FROM data
      WHERE ${quoteIdentifier(time)} IS NOT NULL),
    b AS (
      SELECT time_bucket(${interval}, moment) AS t, ${AGGREGATES[agg]} AS x, count(x)::DOUBLE AS n
      FROM v GROUP BY 1)`;
  const [span] = await dataset.rows<{ n: number; low: number | null; high: number | null }>(
    `${grouped} SELECT count(*)::DOUBLE AS n, epoch_ms(min(t))::DOUBLE AS low, epoch_ms(max(t))::DOUBLE AS high FROM b`,
  );
  if (span === undefined || span.low === null || span.high === null) return [];
  refuseTooMany(fill === 'none' ? span.n : (span.high - span.low) / ms);
  const empty = agg === 'count' ? '0' : 'NULL';
  const all = `SELECT t, coalesce(x, ${empty}) AS x, coalesce(n, 0) AS n
    FROM (SELECT unnest(range(min(t), max(t) + ${interval}, ${interval})) AS t FROM b) LEFT JOIN b USING (t)`;
  return dataset.rows<Bucket>(
    `${grouped} SELECT ${millisecondsOf('t')} AS t, ${finite('x::DOUBLE')} AS x, n::DOUBLE AS n
     FROM (${fill === 'none' ? 'SELECT t, x, n FROM b' : all}) ORDER BY t`,
  );
}

function refuseTooMany(buckets: number): void {
  if (buckets <= MOST_BUCKETS) return;
  const message = `would make ${Math.round(buckets)} buckets; a table has at most ${MOST_BUCKETS}: take wider ones`;
  throw Problem.field('result-too-large', 'params.every', message);
}
