import { quoteIdentifier } from '../identifier.js';
import { SQL_TYPES } from '../load/text-values.js';
import type { Schema } from '../schema.js';

/** DuckDB's type of the key, row numbers included. */
export const keyType = (schema: Schema): string =>
  SQL_TYPES[schema.columns.find(({ name }) => name === schema.key)?.type ?? 'integer'];

/**
 * SQL that is true for the records with some ids, given as a JSON list of texts. Keys are compared as what they are:
 * DuckDB then skips the parts of the table which cannot hold them, where texts would have to be made of all keys.
 */
export const keyIsAmong = (schema: Schema, ids: string): string =>
  `${quoteIdentifier(schema.key)} IN (SELECT TRY_CAST(unnest(from_json(${ids}, '["VARCHAR"]')) AS ${keyType(schema)}))`;
