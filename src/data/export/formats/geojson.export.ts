import { Problem } from '../../../errors/problem.js';
import { quoteIdentifier } from '../../identifier.js';
import { outputExpression, recordMembers } from '../../query/output.js';
import type { ExportFormat, ExportTable } from '../export-format.js';

/**
 * RFC 7946: a point a record, made of the columns of positions, which stand among the properties too;
 * a record without a position has no geometry.
 */
export const geojson: ExportFormat = {
  kind: 'text',
  type: 'application/geo+json; charset=utf-8',
  extension: 'geojson',
  check: ({ schema }) => {
    if (schema.position !== null) return;
    throw Problem.field(
      'unsuitable-column',
      'format',
      'GeoJSON needs columns of latitude and longitude; the dataset has none',
    );
  },
  layout: (table) => ({
    row: feature(table),
    before: '{"type":"FeatureCollection","features":[\n',
    between: ',\n',
    after: '\n]}\n',
    empty: '{"type":"FeatureCollection","features":[]}\n',
  }),
};

function feature({ columns, schema }: ExportTable): string {
  const longitude = quoteIdentifier(schema.position?.longitude ?? '');
  const latitude = quoteIdentifier(schema.position?.latitude ?? '');
  const point = `{'type': 'Point', 'coordinates': [${longitude}::DOUBLE, ${latitude}::DOUBLE]}`;
  const geometry = `CASE WHEN ${longitude} IS NOT NULL AND ${latitude} IS NOT NULL THEN ${point} END`;
  const key = schema.columns.find(({ name }) => name === schema.key);
  const id = key === undefined ? '' : `'id': ${outputExpression(key)}, `;
  return `to_json({'type': 'Feature', ${id}'geometry': ${geometry}, 'properties': {${recordMembers(columns)}}})::VARCHAR`;
}
