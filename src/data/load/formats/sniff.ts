import { Problem } from '../../../errors/problem.js';
import type { Format } from '../source.js';
import { csv, tsv } from './csv.format.js';
import { headText } from './file-head.js';
import { geojson } from './geojson.format.js';
import { isFeatureCollection, json, ndjson } from './json.format.js';
import { parquet } from './parquet.format.js';
import { xml } from './xml.format.js';
import { yaml } from './yaml.format.js';

/** What files of other programs begin with, to say what to do about them. */
const OTHERS: readonly (readonly [string, string])[] = [
  ['PK\x03\x04', 'a ZIP archive or a spreadsheet; unpack it, or save the sheet as CSV'],
  ['\xD0\xCF\x11\xE0', 'an old spreadsheet; save the sheet as CSV'],
  ['%PDF', 'a PDF'],
  ['SQLite format 3', 'an SQLite database; export the table as CSV'],
  ['BZh', 'compressed with bzip2; send it plain or gzipped'],
  ['\xFD7zXZ', 'compressed with xz; send it plain or gzipped'],
  ['\x28\xB5\x2F\xFD', 'compressed with zstd; send it plain or gzipped'],
];

const isParquet = (head: Buffer): boolean => head.toString('latin1', 0, 4) === 'PAR1';

/**
 * Refuses what is known not to be a table; `null` where the first bytes are no Parquet.
 * @throws Problem `unreadable-file`
 */
export function sniffBinary(head: Buffer): Format | null {
  if (isParquet(head)) return parquet;
  const start = head.toString('latin1', 0, 20);
  const other = OTHERS.find(([magic]) => start.startsWith(magic));
  if (other === undefined) return null;
  throw new Problem('unreadable-file', `the file is no table but ${other[1]}`);
}

/** The format of a text from its beginning. */
export function sniffText(head: Buffer): Format {
  const text = headText(head);
  if (text.startsWith('<')) return xml;
  if (text.startsWith('[')) return json;
  if (text.startsWith('{')) {
    if (/^\{.*\}\s*\n\s*\{/.test(text.slice(0, text.indexOf('\n') + 64))) return ndjson;
    return isFeatureCollection(text) ? geojson : json;
  }
  if (looksLikeYaml(text)) return yaml;
  return firstLine(text).includes('\t') ? tsv : csv;
}

/** A document marker or directive, an item that is a mapping, or a key with nothing behind it. */
function looksLikeYaml(text: string): boolean {
  const line = firstLine(text.replace(/^(#.*\r?\n)+/, ''));
  return /^(%YAML |---(\s|$))|^- +[^,;\t|]+:( |$)|^[^,;\t|]+:\s*$/.test(line);
}

const firstLine = (text: string): string => text.split(/\r?\n/, 1)[0] ?? '';
