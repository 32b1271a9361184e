import type { DuckDBConnection } from '@duckdb/node-api';

import type { Source } from './source.js';

/** Rows that one thread takes at a time: small, so that small tables occupy several threads too. */
export const ROW_GROUP = 24_576;

/**
 * Reads a source into a table of text in memory, so that its file is parsed once, however many passes
 * follow. For small files.
 */
export async function staged(connection: DuckDBConnection, source: Source): Promise<Source> {
  await connection.run(`ATTACH ':memory:' AS stage (ROW_GROUP_SIZE ${String(ROW_GROUP)})`);
  await connection.run(`CREATE TABLE stage.texts AS FROM ${source.relation}`);
  // A column of that name hides the number that DuckDB gives each row.
  const hidden = source.columns.some(({ name }) => name.toLowerCase() === 'rowid');
  return { ...source, relation: 'stage.texts', ...(hidden ? {} : { place: 'rowid + 1' }) };
}
