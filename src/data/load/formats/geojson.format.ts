import type { DuckDBConnection } from '@duckdb/node-api';

import type { Format } from '../source.js';
import { coordinate, findRepeats, isPosition, propertyPointer } from './geojson-repeats.js';
import { firstByte } from './file-head.js';
import { cutList } from './json-list.js';
import { jsonObjects, jsonTable, keysOf, type JsonField } from './json-table.js';

/**
 * GeoJSON (RFC 7946): a collection of features, or a plain list of them. Each feature is a record: its
 * id and its properties are columns, a point becomes longitude, latitude and height, and any other
 * geometry stays as it is, as JSON.
 */
export const geojson: Format = {
  name: 'geojson',
  mediaTypes: ['application/geo+json', 'application/vnd.geo+json'],
  async open(connection, file, { path }) {
    const isList = (await firstByte(file)) === '[';
    const list = `${file}.list`;
    const found = isList ? {} : { path: (await cutList(file, list, path ?? 'features')).path };
    const objects = jsonObjects(isList ? file : list, 'array');
    const properties = await keysOf(connection, objects, '/properties');
    const repeats = await findRepeats(connection, objects, properties);
    const fields = [
      ...(repeats.id ? [] : [{ name: 'id', pointer: '/id' }]),
      ...properties.map((key) => ({ name: key, pointer: propertyPointer(key) })),
      ...(await geometryFields(connection, objects, properties)).filter(
        ({ pointer }) => !repeats.position || !isPosition(pointer),
      ),
    ];
    return jsonTable(objects, fields, found);
  },
};

const GEOMETRY = `json_extract_string(json, '/geometry/type')`;
const IS_POINT = `${GEOMETRY} = 'Point'`;
const DEGREES = 'degrees';

async function geometryFields(
  connection: DuckDBConnection,
  objects: string,
  properties: readonly string[],
): Promise<JsonField[]> {
  const counted = await connection.runAndReadAll(
    `SELECT count(*) FILTER (${IS_POINT}) > 0,
       count(*) FILTER (${IS_POINT} AND json_array_length(json, '/geometry/coordinates') > 2) > 0,
       count(*) FILTER (${GEOMETRY} <> 'Point') > 0
     FROM ${objects}`,
  );
  const [points, heights, others] = counted.getRows()[0] ?? [];
  const where = others === true ? { where: IS_POINT } : {};
  const position = [
    { name: 'longitude', pointer: coordinate(0), unit: DEGREES, ...where },
    { name: 'latitude', pointer: coordinate(1), unit: DEGREES, ...where },
  ];
  const height = { name: heightName(properties), pointer: coordinate(2), ...where };
  return [
    ...(points === true ? position : []),
    ...(heights === true ? [height] : []),
    ...(others === true
      ? [{ name: 'geometry', pointer: '/geometry', where: `${GEOMETRY} <> 'Point'` }]
      : []),
  ];
}

/** The standard says height; catalogs of earthquakes, which carry a magnitude, mean depth. */
const heightName = (properties: readonly string[]): string =>
  properties.some((key) => /^(mag|magnitude|magType)$/i.test(key)) ? 'depth' : 'altitude';
