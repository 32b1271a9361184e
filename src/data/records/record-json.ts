import { createHash } from 'node:crypto';

import { ROW_ID, type Schema } from '../schema.js';
import type { Values } from '../store/edit-log.js';
import { jsonOfText } from '../values.js';

export type JsonRecord = Readonly<Record<string, unknown>>;

/** A record as it is answered. */
export interface StoredRecord {
  readonly record: JsonRecord;
  readonly json: string;
  /** Strong entity tag, made of the content. */
  readonly etag: string;
}

/** One form for a record, whether it came from the edit log or from DuckDB. */
export function storedRecord(record: JsonRecord): StoredRecord {
  const json = JSON.stringify(record);
  const hash = createHash('sha256').update(json).digest('base64url').slice(0, 22);
  return { record, json, etag: `"${hash}"` };
}

/** The record of an entry in the edit log. */
export function recordOfValues(schema: Schema, row: number, values: Values): JsonRecord {
  const cells = schema.columns.map((column, index) => [
    column.name,
    jsonOfText(column, values[index] ?? null),
  ]);
  const numbered = schema.key === ROW_ID ? [[ROW_ID, row]] : [];
  return Object.fromEntries([...numbered, ...cells]) as JsonRecord;
}
