import { Problem } from '../../../errors/problem.js';
import type { Format } from '../source.js';
import { csv, tsv } from './csv.format.js';
import { geojson } from './geojson.format.js';
import { json, ndjson } from './json.format.js';
import { parquet } from './parquet.format.js';
import { xml } from './xml.format.js';
import { yaml } from './yaml.format.js';

/** The formats which are read; a new one is added here and has a file of its own. */
export const formats: readonly Format[] = [csv, tsv, json, ndjson, geojson, xml, yaml, parquet];

/** Types which say nothing of the content; what is in the file then decides. */
const UNSPECIFIC = [
  'application/octet-stream',
  'binary/octet-stream',
  'application/gzip',
  'application/x-gzip',
  'application/x-www-form-urlencoded',
  'application/vnd.ms-excel', // what browsers on some machines call CSV
];

export const readableTypes: readonly string[] = formats.flatMap((format) => format.mediaTypes);

/**
 * @param field of the request that named it
 * @throws Problem `invalid-parameter`
 */
export function formatNamed(name: string, field: string): Format {
  const found = formats.find((format) => format.name === name);
  if (found !== undefined) return found;
  const names = formats.map((format) => format.name).join(', ');
  throw Problem.field('invalid-parameter', field, `must be one of ${names}`);
}

/**
 * The format that a media type names, or null where the content has to tell.
 * @throws Problem `unsupported-media-type`
 */
export function formatOf(contentType: string | undefined): Format | null {
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === '' || UNSPECIFIC.includes(type)) return null;
  const found = formats.find((format) => format.mediaTypes.includes(type));
  if (found !== undefined) return found;
  throw new Problem(
    'unsupported-media-type',
    `"${type}" is not read; send one of ${readableTypes.join(', ')}, each also gzipped`,
  );
}
