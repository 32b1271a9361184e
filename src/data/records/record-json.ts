import { createHash } from 'node:crypto';

import { ROW_ID, type Column, type Schema } from '../schema.js';
import type { Values } from '../store/edit-log.js';
import { jsonOfText } from '../values.js';

export type JsonRecord = Readonly<Record<string, unknown>>;

/** A record as it is answered. */
export interface StoredRecord {
  /** Texts in the order of the columns, as edits keep them. */
  readonly values: Values;
  readonly json: string;
  /** Strong entity tag, made of the content. */
  readonly etag: string;
}

/** One form for a record, whether it came from the edit log or from DuckDB; `row` is its number in the table. */
export function storedRecord(schema: Schema, row: number, values: Values): StoredRecord {
  const cells = schema.columns.map((column, index) => member(column, values[index] ?? null));
  if (schema.key === ROW_ID) cells.unshift(`"${ROW_ID}":${String(row)}`);
  const json = `{${cells.join(',')}}`;
  const hash = createHash('sha256').update(json).digest('base64url').slice(0, 22);
  return { values, json, etag: `"${hash}"` };
}

/** One value of a record, as the text of `{column: value}`. @param id which is the row number where rows are numbered */
export function valueJson(schema: Schema, stored: StoredRecord, id: string, name: string): string {
  const index = schema.columns.findIndex((column) => column.name === name);
  const column = schema.columns[index];
  if (column === undefined) return `{"${ROW_ID}":${id}}`;
  return `{${member(column, stored.values[index] ?? null)}}`;
}

const member = (column: Column, text: string | null): string =>
  `${JSON.stringify(column.name)}:${text === null ? 'null' : cellJson(column, text)}`;

function cellJson(column: Column, text: string): string {
  if (column.type === 'json') return text; // as it is: parsing would lose digits of long numbers
  const value = jsonOfText(column, text);
  return column.type === 'number' ? numberJson(Number(text)) : JSON.stringify(value);
}

/** A floating point number as DuckDB writes it in JSON, so that single records look like those of a page. */
function numberJson(value: number): string {
  const text = Object.is(value, -0) ? '-0' : String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text.replace('e+', 'e');
}
