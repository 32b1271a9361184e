import { isUtf8 } from 'node:buffer';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { DuckDBInstance } from '@duckdb/node-api';

import { loadFile } from '../../src/data/load/load-file.js';
import type { LoadOutcome, LoadRequest } from '../../src/data/load/request.js';

/** What a load made of a file: its report, and the rows without their numbers. */
export interface Table {
  readonly outcome: LoadOutcome;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** Loads the content of a file, in this process. */
export async function read(
  content: string | Buffer,
  request: Partial<LoadRequest> = {},
): Promise<Table> {
  const folder = mkdtempSync(join(tmpdir(), 'formats-'));
  try {
    const files = { input: join(folder, 'in'), output: join(folder, 'out.duckdb') };
    writeFileSync(files.input, content);
    const plainText = typeof content === 'string' || (isUtf8(content) && !content.includes(0));
    const outcome = await loadFile({ ...UNSPECIFIC, ...files, plainText, ...request });
    return { outcome, rows: await rowsOf(files.output) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const namesAndTypes = ({ outcome }: Table): Record<string, string> =>
  Object.fromEntries(outcome.schema.columns.map(({ name, type }) => [name, type]));

export const UNSPECIFIC = {
  format: null,
  key: null,
  columns: {},
  expected: [],
  declared: { columns: {}, key: null, time: null },
  delimiter: null,
  path: null,
  dateformat: null,
  onError: 'quarantine',
  charset: null,
  maxBytes: 2 ** 30,
  threads: 1,
  memoryBytes: 256 * 2 ** 20,
} as const;

async function rowsOf(file: string): Promise<Table['rows']> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  const result = await connection.runAndReadAll(
    'SELECT * EXCLUDE (_row) FROM records ORDER BY _row',
  );
  const rows = result.getRowObjectsJson();
  connection.closeSync();
  instance.closeSync();
  return rows;
}
