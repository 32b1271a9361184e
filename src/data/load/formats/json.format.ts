import { open } from 'node:fs/promises';

import type { DuckDBConnection } from '@duckdb/node-api';

import { Problem } from '../../../errors/problem.js';
import { quoteIdentifier, quoteLiteral } from '../../identifier.js';
import { columnNames } from '../names.js';
import type { Format, Source } from '../source.js';

import { cutList } from './json-list.js';

/** JSON: a list of objects, or a document which holds one under a key. */
export const json: Format = {
  name: 'json',
  mediaTypes: ['application/json', 'text/json'],
  async open(connection, file, options) {
    const first = await firstByte(file);
    if (first === '[') return openObjects(connection, file, 'array', { path: '' });
    if (first !== '{') {
      throw new Problem(
        'unreadable-file',
        'JSON must be a list of objects, or hold one under a key',
      );
    }
    const list = `${file}.list`;
    const { path } = await cutList(file, list, options.path);
    return openObjects(connection, list, 'array', { path });
  },
};

/** One JSON object a line. */
export const ndjson: Format = {
  name: 'ndjson',
  mediaTypes: ['application/x-ndjson', 'application/ndjson', 'application/jsonl', 'text/x-ndjson'],
  open: (connection, file) => openObjects(connection, file, 'newline_delimited', {}),
};

const MAX_OBJECT_BYTES = 16 * 2 ** 20;
const MAX_COLUMNS = 4_096;

async function openObjects(
  connection: DuckDBConnection,
  file: string,
  form: 'array' | 'newline_delimited',
  found: Readonly<Record<string, unknown>>,
): Promise<Source> {
  const objects = `read_json_objects(${quoteLiteral(file)}, format='${form}', maximum_object_size=${String(MAX_OBJECT_BYTES)})`;
  const keys = await keysOf(connection, objects);
  const columns = columnNames(keys);
  const pointers = keys.map((key) =>
    quoteLiteral(`/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
  const cells = columns.map(({ name }, index) => {
    const quoted = quoteIdentifier(name);
    return `cells[${String(index + 1)}] AS ${quoted}`;
  });
  return {
    relation: `(SELECT ${cells.join(', ')} FROM (SELECT json_extract_string(json, [${pointers.join(', ')}]) AS cells FROM ${objects}))`,
    columns,
    nested: true,
    found,
  };
}

/** All keys of all objects, in the order in which they first appear in the first of them. */
async function keysOf(connection: DuckDBConnection, objects: string): Promise<string[]> {
  const head = await connection.runAndReadAll(
    `SELECT unnest(json_keys(json)) FROM (SELECT json FROM ${objects} LIMIT 100)`,
  );
  const whole = await connection.runAndReadAll(
    `SELECT DISTINCT unnest(CASE json_type(json) WHEN 'OBJECT' THEN json_keys(json) ELSE [NULL] END)
     FROM ${objects} ORDER BY 1`,
  );
  const all = whole.getRows().map(([key]) => key);
  if (all.includes(null)) {
    throw new Problem('unreadable-file', 'every element of the list must be a JSON object');
  }
  if (all.length > MAX_COLUMNS) {
    throw new Problem(
      'unreadable-file',
      `the records have ${String(all.length)} different keys; at most ${String(MAX_COLUMNS)} are read`,
    );
  }
  return [...new Set([...head.getRows().map(([key]) => key), ...all])].map(String);
}

async function firstByte(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(4096) });
    return buffer
      .subarray(0, bytesRead)
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .trimStart()
      .charAt(0);
  } finally {
    await handle.close();
  }
}
