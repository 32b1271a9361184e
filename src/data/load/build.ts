import type { DuckDBConnection } from '@duckdb/node-api';

import { quoteIdentifier } from '../identifier.js';
import type { Column, ColumnType } from '../schema.js';
import { MISSING_SQL } from './inference.js';

/** DuckDB's type for each of ours. */
export const SQL_TYPES: Record<ColumnType, string> = {
  text: 'VARCHAR',
  integer: 'BIGINT',
  int64: 'BIGINT',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  json: 'JSON',
};

/** A text value as a value of the column's type; null where it is none. The session is in UTC. */
export function castFromText(text: string, type: ColumnType): string {
  if (type === 'text') return text;
  if (type === 'timestamp') return `TRY_CAST(TRY_CAST(${text} AS TIMESTAMPTZ) AS TIMESTAMP)`;
  if (type === 'number')
    return `CASE WHEN isfinite(TRY_CAST(${text} AS DOUBLE)) THEN TRY_CAST(${text} AS DOUBLE) END`;
  return `TRY_CAST(${text} AS ${SQL_TYPES[type]})`;
}

/** SQL that is true for a text which should be a value of the type and is not. */
export const isMisfit = (text: string, type: ColumnType): string =>
  `(${text} NOT IN (${MISSING_SQL}) AND (${castFromText(text, type)}) IS NULL)`;

/**
 * Writes the table of a generation, `records`, with the row number first, and the table `version`,
 * whose one row tells which edit the file holds.
 * @param where SQL condition on the texts, for rows that are refused
 */
export async function buildTables(
  connection: DuckDBConnection,
  database: string,
  relation: string,
  columns: readonly Column[],
  where: string,
): Promise<number> {
  const cells = columns.map(({ name, type }) => {
    const text = quoteIdentifier(name);
    return `${castFromText(text, type)} AS ${text}`;
  });
  await connection.run(
    `CREATE TABLE ${database}.records AS SELECT row_number() OVER () AS "_row", ${cells.join(', ')}
     FROM ${relation} WHERE ${where}`,
  );
  await connection.run(`CREATE TABLE ${database}.version AS SELECT 0::BIGINT AS edit`);
  const counted = await connection.runAndReadAll(`SELECT count(*) FROM ${database}.records`);
  return Number(counted.getRows()[0]?.[0]);
}
