import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';
import { DuckDBInstance } from '@duckdb/node-api';

import { namesAndTypes, read } from '../../../../test/factories/loaded-table.js';

describe('Parquet', () => {
  it('keeps its types', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parquet-'));
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const file = join(folder, 'x.parquet');
    await connection.run(`COPY (SELECT * FROM (VALUES
      (1::INTEGER, '007', 9223372036854775807::BIGINT, [1, 2], {'k': 'v'}, DATE '1969-12-31', TIMESTAMPTZ '2024-01-01 12:00:00+02', 1.50::DECIMAL(6,2), 'nan'::DOUBLE, true, 'NA'),
      (2, NULL, 5, NULL, NULL, NULL, NULL, NULL, 0.1, NULL, 'x')) AS t(i, "te xt", big, l, s, d, t, e, f, b, na))
      TO '${file}' (FORMAT parquet)`);
    connection.closeSync();
    instance.closeSync();
    const bytes = readFileSync(file);
    rmSync(folder, { recursive: true });
    const table = await read(bytes);
    expect(table.outcome.report.format).toBe('parquet');
    expect(namesAndTypes(table)).toEqual({
      i: 'integer',
      'te xt': 'text',
      big: 'int64',
      l: 'json',
      s: 'json',
      d: 'date',
      t: 'timestamp',
      e: 'number',
      f: 'number',
      b: 'boolean',
      na: 'text',
    });
    expect(table.rows[0]).toEqual({
      i: '1',
      'te xt': '007',
      big: '9223372036854775807',
      l: '[1,2]',
      s: '{"k":"v"}',
      d: '1969-12-31',
      t: '2024-01-01 10:00:00',
      e: 1.5,
      f: null,
      b: true,
      na: 'NA',
    });
    expect(table.outcome.schema.columns.find(({ name }) => name === 'na')?.nulls).toBe(0);
    await expect(read(bytes, { maxBytes: 10 })).rejects.toMatchObject({
      code: 'payload-too-large',
    });
    await expect(read(bytes.subarray(0, 200))).rejects.toMatchObject({
      code: 'unreadable-file',
    });
  });
});
