import type { DuckDBConnection } from '@duckdb/node-api';

import { quoteIdentifier } from '../identifier.js';
import { ROW_ID } from '../schema.js';
import { createVersion } from './build.js';
import { MISSING_SQL, type Candidate } from './candidates.js';
import type { Guess } from './inference.js';
import type { Source } from './source.js';
import type { InferredColumn } from './type-test.js';
import { finishedSql, rawSql } from './text-values.js';

/** One number of 64 bits holds two bits a column. */
const MOST_CHECKED = 30;
/** A name that no column of a file can have: control characters are taken out of those. */
const CHECKS = '"\u0001checks"';

interface Checked {
  readonly name: string;
  readonly candidate: Candidate;
  /** Set in CHECKS where a value is not of the type and does not stand for a missing one. */
  readonly refuted: bigint;
  /** Set where a value became null because it stands for a missing one. */
  readonly coerced: bigint;
}

/**
 * Builds the tables of a generation in the one pass that also confirms the types, where the first rows tell the type
 * of every column: beside its values each row keeps what was wrong with them, which is looked at and dropped
 * afterwards.
 * @returns null where the first rows leave a type open or a later row refutes one; nothing is built then
 */
export async function buildAtOnce(
  connection: DuckDBConnection,
  source: Source,
  guesses: readonly Guess[],
): Promise<{ rows: number; columns: InferredColumn[] } | null> {
  const checked = source.columns.flatMap(({ name }, index) => {
    const candidate = guesses[index]?.candidates[0];
    return candidate === undefined ? [] : [{ name, candidate }];
  });
  const nested = checked.some(({ candidate }) => candidate.nested === true);
  if (nested || checked.length > MOST_CHECKED) return null;
  if (!guesses.every(({ certain }) => certain)) return null;
  const columns = checked.map((one, index): Checked => {
    const bit = 1n << BigInt(2 * index);
    return { ...one, refuted: bit, coerced: bit << 1n };
  });
  await connection.run('BEGIN TRANSACTION');
  await connection.run(createSql(source, columns));
  const found = await lookAt(connection, source, columns);
  if (found === null) {
    await connection.run('ROLLBACK');
    return null;
  }
  await connection.run(`ALTER TABLE target.records DROP COLUMN ${CHECKS}`);
  await createVersion(connection);
  await connection.run('COMMIT');
  return found;
}

function createSql(source: Source, columns: readonly Checked[]): string {
  const raw = (index: number): string => `"\u0001raw${String(index)}"`;
  const casts = columns.map(
    ({ name, candidate }, index) =>
      `, ${rawSql(quoteIdentifier(name), candidate.type)} AS ${raw(index)}`,
  );
  const cells = source.columns.map(({ name }) => {
    const column = quoteIdentifier(name);
    const index = columns.findIndex((one) => one.name === name);
    const type = columns[index]?.candidate.type;
    return type === undefined ? column : `${finishedSql(raw(index), type)} AS ${column}`;
  });
  const checks = columns.map(({ name, candidate, refuted, coerced }, index) => {
    const text = quoteIdentifier(name);
    return `CASE WHEN ${text} IS NULL OR ${candidate.accepts(text, raw(index))} THEN 0::BIGINT
      WHEN ${text} IN (${MISSING_SQL}) THEN ${String(coerced)} ELSE ${String(refuted)} END`;
  });
  return `CREATE TABLE target.records AS
    SELECT ${ROW_ID}, ${cells.join(', ')}, ${checks.join(' + ') || '0::BIGINT'} AS ${CHECKS}
    FROM (SELECT row_number() OVER () AS ${ROW_ID}, *${casts.join('')} FROM ${source.relation})`;
}

/** What the pass has found; null where a type does not hold. */
async function lookAt(
  connection: DuckDBConnection,
  source: Source,
  columns: readonly Checked[],
): Promise<{ rows: number; columns: InferredColumn[] } | null> {
  const values = source.columns.map(({ name }) => `count(${quoteIdentifier(name)})`);
  const coerced = columns.map(
    ({ coerced: bit }) => `count(*) FILTER (${CHECKS} & ${String(bit)} <> 0)`,
  );
  const largest = columns.map(({ name, candidate }) => {
    const column = quoteIdentifier(name);
    if (candidate.type !== 'integer') return '0';
    return `coalesce(greatest(max(${column})::HUGEINT, -(min(${column})::HUGEINT)), 0)`;
  });
  const select = [...values, ...coerced, ...largest].join(', ');
  const result = await connection.runAndReadAll(
    `SELECT count(*), coalesce(bit_or(${CHECKS}), 0), ${select} FROM target.records`,
  );
  const [rows, bits, ...found] = (result.getRows()[0] ?? []).map((value) => BigInt(String(value)));
  if (columns.some(({ refuted }) => ((bits ?? 0n) & refuted) !== 0n)) return null;
  const rest = found.slice(source.columns.length);
  return {
    rows: Number(rows),
    columns: source.columns.map(({ name }, place) => {
      const nulls = Number((rows ?? 0n) - (found[place] ?? 0n));
      const index = columns.findIndex((one) => one.name === name);
      const type = columns[index]?.candidate.type;
      if (type === undefined) return { type: 'text', nulls, coerced: 0 };
      const unsafe = (rest[columns.length + index] ?? 0n) > BigInt(Number.MAX_SAFE_INTEGER);
      return { type: unsafe ? 'int64' : type, nulls, coerced: Number(rest[index]) };
    }),
  };
}
