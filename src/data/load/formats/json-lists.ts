import type { DuckDBConnection } from '@duckdb/node-api';

import { Problem } from '../../../errors/problem.js';
import { quoteIdentifier, quoteLiteral } from '../../identifier.js';
import { columnNames } from '../names.js';
import type { Source } from '../source.js';
import { pointerTo, refuseTooMany } from './json-table.js';

/** Lists lie side by side, so the document is read at once. */
const MAX_BYTES = 64 * 2 ** 20;
const TABLE = 'lists_of_the_file';

/**
 * An object of equally long lists: each key is a column. It is the last form of JSON that is tried.
 * @param path dotted path of the object
 * @throws Problem `unreadable-file` where it is none
 */
export async function openLists(
  connection: DuckDBConnection,
  file: string,
  path: string | undefined,
): Promise<Source> {
  const at = (path ?? '')
    .split('.')
    .filter((key) => key !== '')
    .map(pointerTo)
    .join('');
  const document = `(SELECT ${at === '' ? 'json' : `json_extract(json, ${quoteLiteral(at)})`} AS json
    FROM read_json_objects(${quoteLiteral(file)}, format='unstructured', maximum_object_size=${String(MAX_BYTES)}))`;
  const keys = await listKeys(connection, document, path);
  const columns = columnNames(keys);
  const cells = columns.map(({ name }, index) => {
    const list = `json_extract(json, ${quoteLiteral(pointerTo(keys[index] ?? ''))})`;
    return `unnest(from_json(${list}, '["VARCHAR"]')) AS ${quoteIdentifier(name)}`;
  });
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE ${TABLE} AS SELECT ${cells.join(', ')} FROM ${document}`,
  );
  return { relation: TABLE, columns, nested: true, found: { form: 'lists' } };
}

async function listKeys(
  connection: DuckDBConnection,
  document: string,
  path: string | undefined,
): Promise<string[]> {
  const result = await connection.runAndReadAll(
    `SELECT each.key, each.type, json_array_length(each.value) FROM ${document} AS d, json_each(d.json) AS each`,
  );
  const entries = result.getRows();
  refuseTooMany(entries.length);
  const lengths = entries.map(([, type, length]) => (type === 'ARRAY' ? Number(length) : null));
  const [first] = lengths;
  if (typeof first === 'number' && first > 0 && lengths.every((length) => length === first)) {
    return entries.map(([key]) => String(key));
  }
  const where = path === undefined ? '' : ` at the path "${path}"`;
  throw new Problem(
    'unreadable-file',
    `the JSON document holds no list of objects${where}, and it is no object of equally long lists`,
  );
}
