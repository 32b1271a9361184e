import type { ColumnType } from '../schema.js';

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

/** What DuckDB reads in a text for a column of a type; null where it is nothing of the kind. */
export const rawSql = (text: string, type: ColumnType): string =>
  `TRY_CAST(${text} AS ${type === 'timestamp' ? 'TIMESTAMPTZ' : SQL_TYPES[type]})`;

/** The value that is kept of what was read: no infinity, no NaN, times in UTC. */
export function finishedSql(raw: string, type: ColumnType): string {
  if (type === 'number' || type === 'date') return `CASE WHEN isfinite(${raw}) THEN ${raw} END`;
  // Going by microseconds takes a quarter of the time of a cast, which asks for the rules of a time zone.
  if (type === 'timestamp')
    return `CASE WHEN isfinite(${raw}) THEN make_timestamp(epoch_us(${raw})) END`;
  return raw;
}

/** A text value as a value of the column's type; null where it is none. The session is in UTC. */
export const castFromText = (text: string, type: ColumnType): string =>
  type === 'text' ? text : finishedSql(rawSql(text, type), type);
