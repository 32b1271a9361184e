import type { DuckDBConnection } from '@duckdb/node-api';

import { Problem } from '../../../errors/problem.js';
import type { Format, Source, SourceOptions } from '../source.js';

import { readHeadText } from './file-head.js';
import { geojson } from './geojson.format.js';
import { withPlace } from './json-damage.js';
import { openLists } from './json-lists.js';
import { cutList } from './json-list.js';
import { jsonObjects, jsonTable, keysOf, pointerTo } from './json-table.js';

/**
 * JSON: a list of objects, a document which holds one under a key, or an object of equally long lists.
 * A collection of features is read as GeoJSON, also where it was sent as plain JSON.
 */
export const json: Format = {
  name: 'json',
  mediaTypes: ['application/json', 'text/json'],
  open: (connection, file, options) =>
    withPlace(file, 'document', () => openDocument(connection, file, options)),
};

async function openDocument(
  connection: DuckDBConnection,
  file: string,
  options: SourceOptions,
): Promise<Source> {
  const head = await readHeadText(file);
  if (head.startsWith('[')) return openObjects(connection, jsonObjects(file, 'array'), {}, options);
  if (!head.startsWith('{')) {
    throw new Problem(
      'unreadable-file',
      'JSON must be a list of objects, hold one under a key, or be an object of equally long lists',
    );
  }
  if (options.path === undefined && isFeatureCollection(head)) {
    const source = await geojson.open(connection, file, options);
    return { ...source, found: { ...source.found, content: 'geojson' } };
  }
  const list = `${file}.list`;
  const cut = await cutList(file, list, options.path);
  if (cut.path === null) return openLists(connection, file, options.path);
  return openObjects(connection, jsonObjects(list, 'array'), { path: cut.path }, options);
}

/** One JSON object a line. */
export const ndjson: Format = {
  name: 'ndjson',
  mediaTypes: ['application/x-ndjson', 'application/ndjson', 'application/jsonl', 'text/x-ndjson'],
  open: (connection, file, options) =>
    withPlace(file, 'lines', () =>
      openObjects(connection, jsonObjects(file, 'newline_delimited'), {}, options),
    ),
};

export const isFeatureCollection = (head: string): boolean =>
  head.startsWith('{') && /"type"\s*:\s*"FeatureCollection"/.test(head);

async function openObjects(
  connection: DuckDBConnection,
  objects: string,
  found: Readonly<Record<string, unknown>>,
  { mayBeEmpty }: SourceOptions,
): Promise<Source> {
  const keys = await keysOf(connection, objects);
  const fields = keys.map((key) => ({ name: key, pointer: pointerTo(key) }));
  return jsonTable(objects, fields, found, mayBeEmpty);
}
