import type { DuckDBConnection } from '@duckdb/node-api';

import { quoteIdentifier } from '../identifier.js';
import { ROW_ID, type Column, type ColumnType } from '../schema.js';
import { MISSING_SQL } from './candidates.js';
import { refuseBadKeys } from './key.js';
import { joinRefusals, shown } from './refusals.js';
import { MAX_REJECTS, placeSql, type Refusals, type Reject, type Source } from './source.js';
import { castFromText } from './text-values.js';

/**
 * The oldest DuckDB that can read the files; written out so that an upgrade does not change it. This one
 * keeps texts in a quarter less room than v1.2.0 does, and writes them faster.
 */
export const STORAGE_VERSION = 'v1.5.0';

/** SQL that is true for a text which should be a value of the type and is not. */
export const isMisfit = (text: string, type: ColumnType): string =>
  `(${text} NOT IN (${MISSING_SQL}) AND (${castFromText(text, type)}) IS NULL)`;

/**
 * Writes the table of a generation, `target.records`, with the row number first, and the table
 * `target.version`, whose one row tells which edit the file holds.
 * @param given columns whose type was said beforehand: rows that do not fit are left out
 */
export async function createTables(
  connection: DuckDBConnection,
  source: Source,
  columns: readonly Column[],
  given: readonly Column[],
): Promise<void> {
  await connection.run('BEGIN TRANSACTION');
  await createRecords(connection, source, columns, typedOf(given));
  await createVersion(connection);
  await connection.run('COMMIT');
}

/** Takes back what there is of them. */
export async function dropTables(connection: DuckDBConnection): Promise<void> {
  await connection.run('ROLLBACK').catch(() => undefined); // where no transaction was open
  await connection.run('DROP TABLE IF EXISTS target.records');
  await connection.run('DROP TABLE IF EXISTS target.version');
}

export async function createVersion(connection: DuckDBConnection): Promise<void> {
  await connection.run(`CREATE TABLE target.version AS SELECT 0::BIGINT AS edit`);
}

export interface KeptRows {
  readonly rows: number;
  readonly refusals: Refusals;
}

/**
 * The rows that the table holds, and those refused: by the reader, for a given type, or now for their key.
 * @param offered rows that the relation holds
 */
export async function keptRows(
  connection: DuckDBConnection,
  source: Source,
  { given, key, offered }: { given: readonly Column[]; key: string | null; offered: number },
): Promise<KeptRows> {
  const refusals = source.refused === undefined ? [] : [await source.refused(connection)];
  const built = await countRows(connection);
  const misfits = offered - built;
  if (misfits > 0) {
    const found = typedOf(given).map((column) => misfitsOf(connection, source, column));
    refusals.push({ count: misfits, rejects: (await Promise.all(found)).flat() });
  }
  if (key !== null) refusals.push(await refuseBadKeys(connection, 'target.records', key));
  return {
    rows: key === null ? built : await countRows(connection),
    refusals: await joinRefusals(source, refusals),
  };
}

const typedOf = (given: readonly Column[]): Column[] => given.filter(({ type }) => type !== 'text');

async function createRecords(
  connection: DuckDBConnection,
  source: Source,
  columns: readonly Column[],
  typed: readonly Column[],
): Promise<void> {
  const misfit = typed
    .map(({ name, type }) => `coalesce(${isMisfit(quoteIdentifier(name), type)}, false)`)
    .join(' OR ');
  const read = `SELECT ${placeSql(source)} AS ${ROW_ID}, ${valuesSql(columns)}${misfit === '' ? '' : `, ${misfit} AS ${MISFIT}`}
    FROM ${source.relation}`;
  // Row numbers are those of the file, so rows are refused after they are numbered.
  const kept =
    misfit === '' ? read : `SELECT * EXCLUDE (${MISFIT}) FROM (${read}) WHERE NOT ${MISFIT}`;
  await connection.run(`CREATE TABLE target.records AS ${kept}`);
}

/** The values of columns, to be selected from their texts. */
export const valuesSql = (columns: readonly Column[]): string =>
  columns
    .map(({ name, type }) => {
      const text = quoteIdentifier(name);
      return `${castFromText(text, type)} AS ${text}`;
    })
    .join(', ');

/** A name that no column of a file can have: control characters are taken out of those. */
const MISFIT = '"\u0001misfit"';

async function countRows(connection: DuckDBConnection): Promise<number> {
  const counted = await connection.runAndReadAll('SELECT count(*) FROM target.records');
  return Number(counted.getRows()[0]?.[0]);
}

async function misfitsOf(
  connection: DuckDBConnection,
  source: Source,
  { name, type }: Column,
): Promise<Reject[]> {
  const text = quoteIdentifier(name);
  const rows = await connection.runAndReadAll(
    `SELECT n, value FROM (SELECT ${placeSql(source)} AS n, ${text} AS value,
       ${isMisfit(text, type)} AS bad FROM ${source.relation}) WHERE bad
     ORDER BY n LIMIT ${String(MAX_REJECTS)}`,
  );
  return rows.getRows().map(([record, value]) => ({
    record: Number(record),
    column: name,
    value: shown(value),
    reason: `"${String(value).slice(0, 80)}" is no ${type}`,
  }));
}
