import { quoteIdentifier } from '../data/identifier.js';
import { outputExpression, visibleColumns } from '../data/query/output.js';
import type { Schema } from '../data/schema.js';

/** SQL that several analyses share. JSON has no NaN and no infinity, so neither may leave a query. */

/** The value of a DOUBLE expression, NULL where it is NaN or infinite. */
export const finite = (expression: string): string =>
  `CASE WHEN isfinite(${expression}) THEN ${expression} END`;

/** A column of numbers as DOUBLE; what is not finite counts as missing. */
export const numberOf = (column: string): string => finite(`${quoteIdentifier(column)}::DOUBLE`);

/** A column of dates or times as milliseconds since 1970, a DOUBLE. */
export const millisecondsOf = (column: string): string =>
  `epoch_us(${quoteIdentifier(column)}::TIMESTAMP) / 1000`;

/**
 * What the values of a DOUBLE expression are divided by so that their squares neither overflow nor vanish:
 * 1 for ordinary values, so that ordinary results are not touched. DuckDB refuses a variance beyond DOUBLE.
 */
export const scaleOf = (expression: string): string =>
  `CASE WHEN max(abs(${expression})) > 1e100 OR max(abs(${expression})) BETWEEN 5e-324 AND 1e-100
     THEN max(abs(${expression})) ELSE 1 END`;

/** A number as SQL. Not as a parameter: a whole one would be bound as an integer of 64 bits. */
export const double = (value: number): string => `(${value})::DOUBLE`;

/** The key of a record as answers show it. */
export function keyOf(schema: Schema): string {
  const key = visibleColumns(schema).find(({ name }) => name === schema.key);
  if (key === undefined) throw new Error(`the key ${schema.key} is no column`);
  return outputExpression(key);
}
