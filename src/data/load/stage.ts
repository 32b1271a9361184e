import type { DuckDBConnection } from '@duckdb/node-api';

import type { SlicedRelation, Source } from './source.js';

/** Up to this size the whole file is kept in memory; above it is built while it is read, at the risk to begin anew. */
export const STAGED_BYTES = 16 * 2 ** 20;

/**
 * Reads a source into a table of text in memory, so that its file is parsed once, however many passes
 * follow. For small files.
 */
export async function staged(connection: DuckDBConnection, source: Source): Promise<Source> {
  await connection.run(`ATTACH ':memory:' AS stage`);
  const { refused, ...rest } = source;
  const whole = source.sliced !== undefined && (await readSliced(connection, source.sliced));
  if (!whole)
    await connection.run(`CREATE OR REPLACE TABLE stage.texts AS FROM ${source.relation}`);
  // A column of that name hides the number that DuckDB gives each row.
  const hidden = source.columns.some(({ name }) => name.toLowerCase() === 'rowid');
  return {
    ...rest,
    relation: 'stage.texts',
    ...(hidden ? {} : { place: 'rowid + 1' }),
    ...(whole || refused === undefined ? {} : { refused }),
  };
}

/** @returns false where that does not serve: whatever is wrong with the file, reading it in one piece tells */
async function readSliced(
  connection: DuckDBConnection,
  { relation, isWhole }: SlicedRelation,
): Promise<boolean> {
  try {
    await connection.run(`CREATE TABLE stage.texts AS FROM ${relation}`);
    return await isWhole(connection);
  } catch {
    return false;
  }
}
