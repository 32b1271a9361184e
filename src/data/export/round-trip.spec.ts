import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';

import {
  awkwardTables,
  ndjsonOf,
  type AwkwardTable,
} from '../../../test/factories/awkward-tables.js';
import { FOR_TESTS } from '../../../test/factories/file-loads.js';
import { Changes } from '../engine/changes.js';
import { Session } from '../engine/session.js';
import { StatementCache } from '../engine/statement-cache.js';
import { quoteLiteral } from '../identifier.js';
import { loadFile } from '../load/load-file.js';
import { parseGivenSchema } from '../load/request.js';
import { recordExpression } from '../query/output.js';
import type { Schema } from '../schema.js';
import type { ExportFormat } from './export-format.js';
import { ExportSink } from './export-sink.js';
import { exportedSchema } from './exported-schema.js';
import { json, ndjson } from './formats/json.export.js';
import { parquet } from './formats/parquet.export.js';
import { csv, tsv } from './formats/separated.export.js';
import { xml } from './formats/xml.export.js';
import { yaml } from './formats/yaml.export.js';
import { writeText } from './write-text.js';

/**
 * Whatever is exported loads again as the same table: with the exported schema from a text format, by
 * itself from Parquet. `ROUND_TRIPS=500` tries more tables, `SEED=...` others.
 */
const RUNS = Number(process.env['ROUND_TRIPS'] ?? 5);
const READER_MS = 10_000;
const SEED = Number(process.env['SEED'] ?? 20_261_124);
const FORMATS: Readonly<Record<string, ExportFormat>> = {
  json,
  ndjson,
  csv,
  tsv,
  xml,
  yaml,
  parquet,
};

let folder: string;
let instance: DuckDBInstance;
let connection: DuckDBConnection;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'round-trip-'));
  instance = await DuckDBInstance.create(':memory:');
  connection = await instance.connect();
  await connection.run(`SET TimeZone = 'UTC'`);
});
afterAll(() => {
  connection.closeSync();
  instance.closeSync();
  rmSync(folder, { recursive: true });
});

/** Loads a file as the loader process does; the generation lies at `<folder>/<name>.duckdb`. */
async function load(name: string, file: Buffer, format: string, schema: unknown): Promise<Schema> {
  const output = join(folder, `${name}.duckdb`);
  rmSync(output, { force: true });
  const input = join(folder, name);
  writeFileSync(input, file);
  const given = parseGivenSchema(schema === null ? undefined : JSON.stringify(schema));
  const outcome = await loadFile({
    ...FOR_TESTS,
    input,
    output,
    format,
    key: given.key,
    columns: given.columns,
    expected: given.expected,
    declared: { columns: {}, key: null, time: given.time },
    onError: 'fail',
    plainText: format !== 'parquet' && !file.includes(0),
  });
  return outcome.schema;
}

async function inTable<T>(name: string, use: (table: string) => Promise<T>): Promise<T> {
  await connection.run(`ATTACH ${quoteLiteral(join(folder, `${name}.duckdb`))} AS t (READ_ONLY)`);
  try {
    return await use('(SELECT * FROM t.records ORDER BY _row)');
  } finally {
    await connection.run('DETACH t');
  }
}

async function texts(sql: string): Promise<string[]> {
  return (await connection.runAndReadAll(sql)).getRows().map(([text]) => String(text));
}

/** Every record with every digit, in their order. */
const recordsOf = (name: string, { columns }: Schema): Promise<string[]> =>
  inTable(name, (table) => texts(`SELECT ${recordExpression(columns)} FROM ${table}`));

/** The file of an export; null where the format refuses a value. */
function exported(name: string, schema: Schema, format: ExportFormat): Promise<Buffer | null> {
  const table = { columns: schema.columns, schema, indent: 0 };
  return inTable(name, async (rows) => {
    for (const { test } of format.cannotHold?.(table) ?? []) {
      const [count] = await texts(`SELECT count(*) FILTER (${test}) FROM ${rows}`);
      if (count !== '0') return null;
    }
    if (format.kind === 'file') {
      const { select, options } = format.copy(table);
      const file = join(folder, 'export');
      await connection.run(
        `COPY (SELECT ${select} FROM ${rows}) TO ${quoteLiteral(file)} (${options})`,
      );
      return readFileSync(file);
    }
    const session = new Session(new StatementCache(connection, new Changes()), undefined);
    const sink = new ExportSink(READER_MS);
    const file = buffer(sink.readable);
    await writeText(session, rows, [], format.layout(table), sink, () => undefined);
    return file;
  });
}

async function roundTrip(first: Schema, name: string, format: ExportFormat): Promise<void> {
  const file = await exported('first', first, format);
  if (file === null) return;
  const text = format.kind === 'text';
  const second = await load('second', file, name, text ? exportedSchema(first) : null);
  expect(second.columns).toEqual(first.columns);
  if (text) expect(second).toEqual(first);
  expect(await recordsOf('second', second)).toEqual(await recordsOf('first', first));
}

async function allRoundTrips(table: AwkwardTable): Promise<void> {
  const schema = { columns: table.columns, key: '_row', time: null };
  const first = await load('first', Buffer.from(ndjsonOf(table)), 'ndjson', schema);
  for (const [name, format] of Object.entries(FORMATS)) {
    await roundTrip(first, name, format).catch((error: unknown) => {
      throw new Error(`as ${name}`, { cause: error });
    });
  }
}

it('an export that is loaded again is the same table, in each format', async () => {
  await fc.assert(fc.asyncProperty(awkwardTables, allRoundTrips), { numRuns: RUNS, seed: SEED });
}, 600_000);
