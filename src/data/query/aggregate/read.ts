import type { SqlValue } from '../../../analyses/analysis.js';
import { Problem } from '../../../errors/problem.js';
import type { Range } from '../range.js';
import type { AggregateRequest, Bucket } from './request.js';
import { answerSql, foundSql, keysOf, orderSql, rowJson, type Grid } from './sql.js';
import { bucketsBetween } from './steps.js';

/** Most rows with filled buckets: more are a mistake in the length of the bucket. */
const MOST_FILLED = 1_000_000;

/** Whatever runs SQL on one state of the table: a `Session` inside of a read transaction. */
export interface Asked {
  rows(sql: string, values: readonly SqlValue[]): Promise<unknown[][]>;
}

/** The records to aggregate: SQL that selects them with its values, and the range of time that was asked for. */
export interface FilteredRecords {
  readonly sql: string;
  readonly values: readonly SqlValue[];
  readonly range: Range | null;
}

export interface AggregateRows {
  /** Rows as JSON texts. */
  readonly records: readonly string[];
  /** How many rows there are in all. */
  readonly total: number;
}

/**
 * Answers an aggregation; its statements must run in one transaction.
 * @throws Problem `result-too-large` where filling would make more than a million rows
 */
export async function readAggregate(
  session: Asked,
  records: FilteredRecords,
  request: AggregateRequest,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<AggregateRows> {
  const grid = await gridOf(session, records, request);
  const order = orderSql(request);
  const rows = await session.rows(
    `WITH ${foundSql(request, records.sql)}, ${answerSql(request, grid)}
     SELECT total, CASE WHEN here THEN ${rowJson(request)} END
     FROM (SELECT count(*) AS total FROM answer) LEFT JOIN
       (SELECT *, true AS here FROM answer ORDER BY ${order} LIMIT ${String(limit)} OFFSET ${String(offset)}) ON true
     ORDER BY ${order}`,
    records.values,
  );
  return {
    records: rows.flatMap(([, json]) => (typeof json === 'string' ? [json] : [])),
    total: Number(rows[0]?.[0]),
  };
}

/**
 * The buckets that have to be there when gaps are filled: from the first with a record to the last, or from
 * end to end of the range that was asked for.
 */
async function gridOf(
  session: Asked,
  { sql, values, range }: FilteredRecords,
  request: AggregateRequest,
): Promise<Grid | null> {
  const { bucket } = request;
  if (bucket === null || request.fill === 'none') return null;
  const groups = keysOf(request).slice(0, -1);
  const count = groups.length === 0 ? '1' : `count(DISTINCT row(${groups.join(', ')}))`;
  const [asked, bound] = endsOf(bucket, range, values.length);
  const [row] = await session.rows(
    `WITH ${foundSql({ ...request, aggregates: [] }, sql)},
     ends AS (SELECT ${count} AS n, time_bucket(${bucket.step.interval}, ${asked.from}) AS low,
       time_bucket(${bucket.step.interval}, ${asked.to}) AS high FROM found)
     SELECT n, low::VARCHAR, high::VARCHAR, epoch_ms(low), epoch_ms(high) FROM ends`,
    [...values, ...bound],
  );
  const [n, from, to, low, high] = row ?? [];
  if (typeof from !== 'string' || typeof to !== 'string') return null; // no record and no range
  if (Number(n) * bucketsBetween(bucket.step, Number(low), Number(high)) <= MOST_FILLED) {
    return { from, to };
  }
  throw new Problem(
    'result-too-large',
    `${bucket.name} from ${from} to ${to} filled would have more than ${String(MOST_FILLED)} rows; take a longer bucket, or a shorter range`,
  );
}

/** SQL for the ends of the grid, as timestamps, and the values that it needs. */
function endsOf(
  bucket: Bucket,
  range: Range | null,
  before: number,
): [{ from: string; to: string }, string[]] {
  const bound: string[] = [];
  const value = (text: string | null, found: string): string => {
    if (text === null || range?.column.name !== bucket.column.name) return `${found}::TIMESTAMP`;
    bound.push(text);
    return `$${String(before + bound.length)}::VARCHAR::TIMESTAMP`;
  };
  const from = value(range?.from ?? null, 'min(b)');
  const to = value(range?.to ?? null, 'max(b)');
  const open = bound.length > 0 && range?.before === true && range.to !== null;
  return [{ from, to: open ? `${to} - INTERVAL '1 microsecond'` : to }, bound];
}
