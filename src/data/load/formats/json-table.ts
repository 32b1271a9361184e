import type { DuckDBConnection } from '@duckdb/node-api';

import { Problem } from '../../../errors/problem.js';
import { quoteIdentifier, quoteLiteral } from '../../identifier.js';
import { columnNames } from '../names.js';
import type { Source } from '../source.js';

const MAX_OBJECT_BYTES = 16 * 2 ** 20;
const MAX_COLUMNS = 4_096;

/** Objects in a file as SQL: one column `json`, one row an object. */
export const jsonObjects = (file: string, form: 'array' | 'newline_delimited'): string =>
  `read_json_objects(${quoteLiteral(file)}, format='${form}', maximum_object_size=${String(MAX_OBJECT_BYTES)})`;

/** Where a column stands in each object. */
export interface JsonField {
  readonly name: string;
  readonly pointer: string;
  /** SQL that is true where the value counts; without it it always does. */
  readonly where?: string;
  readonly unit?: string;
}

/** A key as one step of a JSON pointer (RFC 6901). */
export const pointerTo = (key: string): string =>
  `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** A table of the given fields of objects: one pass over the text for all of them. */
export function jsonTable(
  objects: string,
  fields: readonly JsonField[],
  found: Readonly<Record<string, unknown>>,
  mayBeEmpty = false,
): Source {
  if (fields.length === 0 && mayBeEmpty) return { ...recordsAlone(objects), found };
  if (fields.length === 0) throw new Problem('unreadable-file', 'the file holds no records');
  refuseTooMany(fields.length);
  const columns = columnNames(fields.map(({ name }) => name)).map((column, index) => {
    const unit = fields[index]?.unit;
    return unit === undefined ? column : { ...column, unit };
  });
  const pointers = fields.map(({ pointer }) => quoteLiteral(pointer)).join(', ');
  const conditions = fields.flatMap(({ where }) => (where === undefined ? [] : [where]));
  const conditionName = (where: string): string =>
    `"when"[${String(conditions.indexOf(where) + 1)}]`;
  const cells = columns.map(({ name }, index) => {
    const cell = `cells[${String(index + 1)}]`;
    const where = fields[index]?.where;
    const value = where === undefined ? cell : `CASE WHEN ${conditionName(where)} THEN ${cell} END`;
    return `${value} AS ${quoteIdentifier(name)}`;
  });
  const when = conditions.length > 0 ? `, [${conditions.join(', ')}] AS "when"` : '';
  return {
    relation: `(SELECT ${cells.join(', ')} FROM (SELECT json_extract_string(json, [${pointers}]) AS cells${when} FROM ${objects}))`,
    columns,
    nested: true,
    found,
  };
}

/** Records without any value; the columns come from the schema that was given. */
const recordsAlone = (objects: string): Omit<Source, 'found'> => ({
  relation: `(SELECT json FROM ${objects})`,
  columns: [],
  nested: true,
  sparse: true,
});

/**
 * All keys of the objects at `pointer` inside all objects, in the order in which they first appear in
 * the first of them.
 * @throws Problem `unreadable-file` where an element is no object, or has too many keys
 */
export async function keysOf(
  connection: DuckDBConnection,
  objects: string,
  pointer = '',
): Promise<string[]> {
  const json = pointer === '' ? 'json' : `json_extract(json, ${quoteLiteral(pointer)})`;
  const head = await connection.runAndReadAll(
    `SELECT unnest(json_keys(o)) FROM (SELECT ${json} AS o FROM ${objects} LIMIT 100)`,
  );
  const whole = await connection.runAndReadAll(
    `SELECT DISTINCT unnest(CASE json_type(json) WHEN 'OBJECT' THEN json_keys(${json}) ELSE [NULL] END)
     FROM ${objects} ORDER BY 1`,
  );
  const all = whole.getRows().map(([key]) => key);
  if (all.includes(null)) {
    throw new Problem('unreadable-file', 'every element of the list must be a JSON object');
  }
  refuseTooMany(all.length);
  return [...new Set([...head.getRows().map(([key]) => key), ...all])].map(String);
}

/** @throws Problem `unreadable-file` */
export function refuseTooMany(columns: number): void {
  if (columns <= MAX_COLUMNS) return;
  throw new Problem(
    'unreadable-file',
    `the file has ${String(columns)} columns; at most ${String(MAX_COLUMNS)} are read`,
  );
}
