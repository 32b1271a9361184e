import type { DuckDBConnection } from '@duckdb/node-api';

import { nearNames } from '../../errors/near.js';
import { Problem } from '../../errors/problem.js';
import { quoteIdentifier } from '../identifier.js';
import { ROW_ID, type Column, type ColumnType } from '../schema.js';
import { shown } from './refusals.js';
import { MAX_REJECTS, type Refusals } from './source.js';

const KEY_TYPES: readonly ColumnType[] = ['integer', 'int64', 'text', 'date'];
const KEY_NAME = /^(id|key|uuid|guid|code|.*[_ -]id|.*Id)$/;
const MAX_KEY_LENGTH = 500;
/** The exact count is only worth while where the estimate is not clearly below the rows. */
const CLEARLY_FEWER = 0.7;

/**
 * The column whose values address the records: complete and unique. Columns called like a key come
 * first, then the first column of the table; without one the row number is the key.
 */
export async function findKey(
  connection: DuckDBConnection,
  table: string,
  columns: readonly Column[],
  rows: number,
): Promise<string> {
  const fit = columns.filter(({ type, nulls }) => KEY_TYPES.includes(type) && nulls === 0);
  const called = fit.filter(({ name }) => KEY_NAME.test(name));
  const first = fit.filter(({ name }) => name === columns[0]?.name);
  for (const { name, type } of [...called, ...first]) {
    if (rows > 0 && (await isKey(connection, table, name, type))) return name;
  }
  return ROW_ID;
}

/** @param type what the values are; where it is not known they are looked at as texts */
async function isKey(
  connection: DuckDBConnection,
  table: string,
  name: string,
  type: ColumnType = 'text',
): Promise<boolean> {
  const column = quoteIdentifier(name);
  const estimate = await connection.runAndReadAll(
    `SELECT approx_count_distinct(${column}) >= count(*) * ${String(CLEARLY_FEWER)} FROM ${table}`,
  );
  if (estimate.getRows()[0]?.[0] !== true) return false;
  const text = `${column}::VARCHAR`;
  const addresses =
    type === 'text'
      ? `coalesce(max(length(${text})), 0) <= ${String(MAX_KEY_LENGTH)} AND count(*) FILTER (${text} = '') = 0`
      : 'true';
  const result = await connection.runAndReadAll(
    `SELECT count(*) > 0 AND count(DISTINCT ${column}) = count(*) AND count(${column}) = count(*)
       AND ${addresses} FROM ${table}`,
  );
  return result.getRows()[0]?.[0] === true;
}

/** @throws Problem `invalid-parameter` where the given key is no column that can be one */
export function checkGivenKey(key: string, columns: readonly Column[]): void {
  if (key === ROW_ID) return; // said to have no key column
  const column = columns.find(({ name }) => name === key);
  const names = columns.map(({ name }) => name);
  if (column === undefined) {
    const near = nearNames(key, names);
    throw Problem.field('invalid-parameter', 'key', `the file has no column "${key}"`, { near });
  }
  if (!KEY_TYPES.includes(column.type)) {
    throw Problem.field(
      'invalid-parameter',
      'key',
      `"${key}" is a ${column.type} column; a key must be ${KEY_TYPES.join(', ')}`,
    );
  }
}

/** Removes rows whose given key is null or was there before; returns how they were refused. */
export async function refuseBadKeys(
  connection: DuckDBConnection,
  table: string,
  key: string,
): Promise<Refusals> {
  if (key === ROW_ID || (await isKey(connection, table, key))) return { count: 0, rejects: [] };
  const column = quoteIdentifier(key);
  const bad = `SELECT _row, ${column}::VARCHAR AS value FROM ${table}
    QUALIFY ${column} IS NULL OR ${column}::VARCHAR = ''
      OR row_number() OVER (PARTITION BY ${column} ORDER BY _row) > 1`;
  await connection.run(`CREATE OR REPLACE TEMP TABLE refused_keys AS ${bad}`);
  await connection.run(`DELETE FROM ${table} WHERE _row IN (SELECT _row FROM refused_keys)`);
  const counted = await connection.runAndReadAll(`SELECT count(*) FROM refused_keys`);
  const rows = await connection.runAndReadAll(
    `SELECT _row, value FROM refused_keys ORDER BY _row LIMIT ${String(MAX_REJECTS)}`,
  );
  const rejects = rows.getRows().map(([row, value]) => {
    const missing = value === null || value === '';
    return {
      record: Number(row),
      column: key,
      ...(missing ? {} : { value: shown(value) }),
      reason: missing ? 'the key is missing' : `the key "${shown(value)}" is there twice`,
    };
  });
  return { count: Number(counted.getRows()[0]?.[0]), rejects };
}
