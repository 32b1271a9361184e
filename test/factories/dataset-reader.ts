import {
  DuckDBInstance,
  DuckDBTypeId,
  type DuckDBConnection,
  type DuckDBValue,
} from '@duckdb/node-api';

import type { DatasetAbout, DatasetReader, SqlValue } from '../../src/analyses/analysis.js';
import type { ColumnData, Columns } from '../../src/data/columns.js';
import { parseAggregate } from '../../src/data/query/aggregate/parse.js';
import { readAggregate } from '../../src/data/query/aggregate/read.js';
import type { AggregateSpec } from '../../src/data/query/aggregate/request.js';
import type { Column, ColumnType, Schema } from '../../src/data/schema.js';
import { Problem } from '../../src/errors/problem.js';

/** A dataset reader over DuckDB in memory, for specs of analyses. Close it when done. */
export interface FakeDatasetReader extends DatasetReader {
  readonly connection: DuckDBConnection;
  close(): void;
}

interface Options {
  readonly about?: Partial<Omit<DatasetAbout, 'schema'>>;
  readonly schema?: Partial<Schema>;
  /** Units by column. */
  readonly units?: Readonly<Record<string, string>>;
}

/**
 * The table `data` made by a query, such as `SELECT * FROM (VALUES (1, 'a')) AS t(x, y)`; its schema
 * follows from the types of DuckDB.
 */
export async function datasetReader(
  query: string,
  options: Options = {},
): Promise<FakeDatasetReader> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  // Like every table of a dataset it has the number of the row.
  await connection.run(
    `CREATE TABLE data AS SELECT *, (row_number() OVER ())::INTEGER AS _row FROM (${query})`,
  );
  const described = await connection.runAndReadAll('SELECT * EXCLUDE (_row) FROM data LIMIT 0');
  const columns = described.columnNames().map((name, i): Column => {
    const unit = options.units?.[name];
    const typeId = described.columnTypeId(i);
    return { name, type: columnType(typeId), nulls: 0, ...(unit === undefined ? {} : { unit }) };
  });
  const schema: Schema = { columns, key: '_row', time: null, position: null, ...options.schema };
  const about: DatasetAbout = {
    name: 'sample',
    title: 'Sample',
    version: '1.1',
    ...options.about,
    schema,
  };
  return {
    about,
    connection,
    column: (name) => {
      const column = schema.columns.find((one) => one.name === name);
      if (column === undefined) throw Problem.field('unknown-column', name, 'unknown column');
      return column;
    },
    rows: async <T extends object>(sql: string, values: readonly SqlValue[] = []) => {
      const result = await connection.runAndReadAll(sql, [...values]);
      return result.getRowObjectsJson() as T[];
    },
    columns: async (sql, values = []) => {
      const result = await connection.runAndReadAll(sql, [...values]);
      const names = result.deduplicatedColumnNames();
      const read = names.map((name, i) => [
        name,
        columnData(result.getColumns()[i] ?? [], result.columnTypeId(i)),
      ]);
      return Object.fromEntries(read) as Columns;
    },
    aggregate: async <T extends object>(spec: AggregateSpec) => {
      const request = parseAggregate(schema, spec, 'params.');
      const asked = {
        rows: async (sql: string, values: readonly SqlValue[]) =>
          (await connection.runAndReadAll(sql, [...values])).getRows(),
      };
      const records = { sql: 'SELECT * FROM data', values: [], range: null };
      const found = await readAggregate(asked, records, request, { limit: 100_000, offset: 0 });
      return found.records.map((row) => JSON.parse(row) as T);
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

const types: Partial<Record<DuckDBTypeId, ColumnType>> = {
  [DuckDBTypeId.BOOLEAN]: 'boolean',
  [DuckDBTypeId.TINYINT]: 'integer',
  [DuckDBTypeId.SMALLINT]: 'integer',
  [DuckDBTypeId.INTEGER]: 'integer',
  [DuckDBTypeId.BIGINT]: 'integer',
  [DuckDBTypeId.FLOAT]: 'number',
  [DuckDBTypeId.DOUBLE]: 'number',
  [DuckDBTypeId.DECIMAL]: 'number',
  [DuckDBTypeId.DATE]: 'date',
  [DuckDBTypeId.TIMESTAMP]: 'timestamp',
  [DuckDBTypeId.TIMESTAMP_TZ]: 'timestamp',
};
const columnType = (id: DuckDBTypeId): ColumnType => types[id] ?? 'text';

function columnData(values: readonly DuckDBValue[], id: DuckDBTypeId): ColumnData {
  const type = columnType(id);
  if (type === 'date' || type === 'timestamp') {
    return { kind: 'time', values: Float64Array.from(values, milliseconds) };
  }
  if (type === 'text' || type === 'boolean') return textData(values);
  return {
    kind: 'number',
    values: Float64Array.from(values, (value) => (value === null ? NaN : Number(value))),
  };
}

function milliseconds(value: DuckDBValue): number {
  if (value === null || typeof value !== 'object') return NaN;
  if ('days' in value && typeof value.days === 'number') return value.days * 86_400_000;
  return 'micros' in value && typeof value.micros === 'bigint' ? Number(value.micros) / 1000 : NaN;
}

function textData(values: readonly DuckDBValue[]): ColumnData {
  const codes = new Map<string, number>();
  const coded = Int32Array.from(values, (value) => {
    if (value === null) return -1;
    const text = String(value);
    const code = codes.get(text) ?? codes.size;
    codes.set(text, code);
    return code;
  });
  return { kind: 'text', codes: coded, dictionary: [...codes.keys()] };
}
