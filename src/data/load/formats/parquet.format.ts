import type { DuckDBConnection } from '@duckdb/node-api';

import { Problem } from '../../../errors/problem.js';
import { quoteIdentifier, quoteLiteral } from '../../identifier.js';
import type { ExportedSchema } from '../../export/exported-schema.js';
import { columnTypes, type ColumnType } from '../../schema.js';
import { columnNames } from '../names.js';
import type { Format } from '../source.js';
import { refuseTooMany } from './json-table.js';

/** Apache Parquet, read by DuckDB. Its own types count; whole numbers of 64 bits are looked at once more. */
export const parquet: Format = {
  name: 'parquet',
  mediaTypes: ['application/vnd.apache.parquet', 'application/x-parquet', 'application/parquet'],
  binary: true,
  async open(connection, file, { maxBytes }) {
    const table = `read_parquet(${quoteLiteral(file)})`;
    await refuseBombs(connection, file, maxBytes);
    const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${table}`);
    const found = described.getRows().map(([name, type]) => [String(name), String(type)] as const);
    refuseTooMany(found.length);
    const exported = await exportedTypes(connection, file);
    const columns = columnNames(found.map(([name]) => name)).map((column, index) => {
      const [name = '', stored = ''] = found[index] ?? [];
      const type = exported.get(name) ?? typeOf(stored);
      return type === null ? column : { ...column, type };
    });
    const cells = columns.map(({ name }, index) => {
      const [source = '', type = ''] = found[index] ?? [];
      return `${textOf(quoteIdentifier(source), type)} AS ${quoteIdentifier(name)}`;
    });
    return {
      relation: `(SELECT ${cells.join(', ')} FROM ${table})`,
      columns,
      nested: true,
      found: {},
    };
  },
};

async function refuseBombs(
  connection: DuckDBConnection,
  file: string,
  maxBytes: number,
): Promise<void> {
  const metadata = await connection.runAndReadAll(
    `SELECT sum(total_uncompressed_size)::DOUBLE FROM parquet_metadata(${quoteLiteral(file)})`,
  );
  if (Number(metadata.getRows()[0]?.[0] ?? 0) <= maxBytes) return;
  throw new Problem(
    'payload-too-large',
    `the file is larger than ${String(maxBytes)} bytes after decompression`,
  );
}

/** The types that our own export notes beside the data; none for other files. */
async function exportedTypes(
  connection: DuckDBConnection,
  file: string,
): Promise<ReadonlyMap<string, ColumnType>> {
  const result = await connection.runAndReadAll(
    `SELECT decode(value) FROM parquet_kv_metadata(${quoteLiteral(file)}) WHERE decode(key) = 'almanac'`,
  );
  try {
    const { columns } = JSON.parse(String(result.getRows()[0]?.[0])) as Partial<ExportedSchema>;
    const known = (columns ?? []).filter(({ type }) => columnTypes.includes(type));
    return new Map(known.map(({ name, type }) => [name, type]));
  } catch {
    return new Map(); // there is none, or it is somebody else's
  }
}

const NESTED = /\[\d*\]$|^(STRUCT|MAP|UNION|VARIANT)\b/;

function textOf(column: string, type: string): string {
  if (type === 'BLOB') return `base64(${column})`;
  return NESTED.test(type) ? `to_json(${column})::VARCHAR` : `${column}::VARCHAR`;
}

/** Our type for one of DuckDB's; null where the values decide. */
function typeOf(type: string): ColumnType | null {
  if (NESTED.test(type) || type === 'JSON') return 'json';
  if (/^U?(TINY|SMALL)INT$|^U?INTEGER$/.test(type)) return 'integer';
  if (/^(U?BIGINT|U?HUGEINT)$/.test(type)) return null;
  if (/^(FLOAT|DOUBLE|DECIMAL)/.test(type)) return 'number';
  if (type.startsWith('TIMESTAMP')) return 'timestamp';
  if (type === 'DATE') return 'date';
  return type === 'BOOLEAN' ? 'boolean' : 'text';
}
