import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';

import { Changes } from '../engine/changes.js';
import { Session } from '../engine/session.js';
import { StatementCache } from '../engine/statement-cache.js';
import { SQL_TYPES } from '../load/text-values.js';
import { ROW_ID, type ColumnType, type Schema } from '../schema.js';
import { applyEdits } from './apply-edits.js';

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

const rowsOf = async (sql: string): Promise<unknown[][]> =>
  (await connection.runAndReadAll(sql)).getRows();

describe('edits find their records', () => {
  it.each<[ColumnType | 'row number', string, string, string, string]>([
    ['integer', '-7', '8', '9', '10'],
    ['int64', '9007199254740993', '9007199254740992', '-9223372036854775808', '1'],
    ['text', '007', 'Zoë "x"', ' ', '7'],
    ['date', '2024-02-29', '1969-12-31', '0001-01-01', '2024-03-01'],
    ['row number', '1', '2', '3', '4'],
  ])('by keys of the type %s', async (type, changed, deleted, kept, added) => {
    const numbered = type === 'row number';
    const columns = [
      ...(numbered ? [] : [{ name: 'k', type, nulls: 0 }]),
      { name: 'v', type: 'text' as const, nulls: 0 },
    ];
    const key = numbered ? ROW_ID : 'k';
    const schema: Schema = { columns, key, time: null, position: null };
    const ids = [changed, deleted, kept];
    const cells = columns.map(({ name, type: of }) => `${name} ${SQL_TYPES[of]}`);
    await connection.run(`CREATE OR REPLACE TABLE records (${ROW_ID} BIGINT, ${cells.join(', ')})`);
    await connection.run('CREATE OR REPLACE TABLE version AS SELECT 0::BIGINT AS edit');
    for (const [index, id] of ids.entries()) {
      const values = numbered ? ["'old'"] : [`'${id}'`, "'old'"];
      await connection.run(
        `INSERT INTO records VALUES (${[String(index + 1), ...values].join(', ')})`,
      );
    }
    const valuesOf = (id: string): string[] => (numbered ? ['new'] : [id, 'new']);
    const session = new Session(new StatementCache(connection, new Changes()), undefined);
    await applyEdits(
      session,
      'memory',
      schema,
      [
        [changed, { number: 1, row: 1, values: valuesOf(changed) }],
        [deleted, { number: 2, row: 0, values: null }],
        [added, { number: 3, row: 4, values: valuesOf(added) }],
      ],
      3,
    );
    const found = await rowsOf(
      `SELECT ${ROW_ID}, ${key}::VARCHAR, v FROM records ORDER BY ${ROW_ID}`,
    );
    expect(found).toEqual([
      [1n, changed, 'new'],
      [3n, kept, 'old'],
      [4n, added, 'new'],
    ]);
    expect(await rowsOf('SELECT edit FROM version')).toEqual([[3n]]);
  });
});
