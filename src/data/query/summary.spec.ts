import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';

import { Changes } from '../engine/changes.js';
import { Session } from '../engine/session.js';
import { StatementCache } from '../engine/statement-cache.js';
import { ROW_ID, type Schema } from '../schema.js';
import { parseFilter } from './filter.js';
import { readSummary, type ColumnSummary } from './summary.js';

let instance: DuckDBInstance;
let connection: DuckDBConnection;
beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:');
  connection = await instance.connect();
});
afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

const SCHEMA: Schema = {
  columns: [{ name: 'v', type: 'number', nulls: 0 }],
  key: ROW_ID,
  time: null,
  position: null,
};

async function summaryOf(values: readonly (number | null)[]): Promise<ColumnSummary | undefined> {
  const rows = values.map((value, index) => `(${String(index + 1)}, ${String(value ?? 'NULL')})`);
  await connection.run(`CREATE OR REPLACE TABLE records (${ROW_ID} BIGINT, v DOUBLE)`);
  await connection.run(`INSERT INTO records VALUES ${rows.join(', ')}`);
  const session = new Session(new StatementCache(connection, new Changes()), undefined);
  const filter = parseFilter(SCHEMA, {});
  const { columns } = await readSummary(session, 'records', SCHEMA, filter, SCHEMA.columns);
  return columns[0];
}

/** Type 7 of Hyndman and Fan, in JavaScript. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? NaN;
  const high = sorted[Math.ceil(place)] ?? NaN;
  return low + (high - low) * (place - Math.floor(place));
}

describe('quartiles of a summary', () => {
  const different = fc.array(fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true })), {
    minLength: 1,
    maxLength: 60,
  });
  it.each([
    ['many different values', 1],
    ['few, each of them often', 9],
  ])('interpolate between the values in order: %s', async (_what, times) => {
    await fc.assert(
      fc.asyncProperty(different, async (list) => {
        const values = Array.from({ length: times }, () => list).flat();
        const numbers = values.filter((value) => value !== null);
        const summary = await summaryOf(values);
        expect(summary?.count).toBe(numbers.length);
        if (numbers.length === 0) {
          expect(summary?.quartiles).toBeNull();
          return;
        }
        const expected = [0.25, 0.5, 0.75].map((share) => quantile(numbers, share));
        expected.forEach((value, index) => {
          expect(summary?.quartiles?.[index]).toBeCloseTo(value, 6);
        });
      }),
      { numRuns: 60 },
    );
  });
});
