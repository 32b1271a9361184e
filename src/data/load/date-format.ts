import type { DuckDBConnection } from '@duckdb/node-api';

import { Problem } from '../../errors/problem.js';
import { quoteIdentifier, quoteLiteral } from '../identifier.js';
import type { ColumnType } from '../schema.js';
import { MISSING_SQL } from './candidates.js';
import { selectFrom, type Source } from './source.js';

/** Ways to write a time which are numbers: units a second. */
const EPOCHS: Readonly<Record<string, number>> = { epoch_s: 1, epoch_ms: 1000 };

/**
 * Dates and times in a form of their own, such as `%d/%m/%Y`, made into the form that the types are read
 * from. A column is read so where its type was given as date or timestamp, or where every value has the
 * form; numbers since 1970 only in the former case, since any number would do.
 * @param given type of a column by its name, where one was given
 * @throws Problem `invalid-parameter` where the form is none
 */
export async function withDateFormat(
  connection: DuckDBConnection,
  source: Source,
  format: string,
  given: (name: string) => ColumnType | undefined,
): Promise<Source> {
  const names = source.columns.map(({ name }) => name);
  const isTime = (name: string): boolean => ['date', 'timestamp'].includes(given(name) ?? '');
  const parsed = (name: string): string => parsedSql(quoteIdentifier(name), format);
  const open = format in EPOCHS ? [] : names.filter((name) => given(name) === undefined);
  const fits = await fitting(connection, source, open, parsed, format);
  const cells = names.map((name) => {
    const column = quoteIdentifier(name);
    if (!isTime(name) && !fits.has(name)) return column;
    const text = given(name) === 'date' ? dayOf(parsed(name)) : textOf(parsed(name));
    return `coalesce(${text}, ${column}) AS ${column}`;
  });
  return selectFrom(source, (relation) => `(SELECT ${cells.join(', ')} FROM ${relation})`);
}

function parsedSql(column: string, format: string): string {
  const units = EPOCHS[format];
  if (units === undefined) return `try_strptime(${column}, ${quoteLiteral(format)})`;
  return `make_timestamp(CAST(round(TRY_CAST(${column} AS DOUBLE) * ${String(1_000_000 / units)}) AS BIGINT))`;
}

/** RFC 3339; a day where there is no time of day. */
const textOf = (time: string): string =>
  `CASE WHEN date_trunc('day', ${time}) = ${time} THEN ${dayOf(time)} ELSE strftime(${time}, '%Y-%m-%dT%H:%M:%S.%fZ') END`;
const dayOf = (time: string): string => `strftime(${time}, '%Y-%m-%d')`;

/** The columns all of whose values have the form. */
async function fitting(
  connection: DuckDBConnection,
  source: Source,
  names: readonly string[],
  parsed: (name: string) => string,
  format: string,
): Promise<ReadonlySet<string>> {
  await checkFormat(connection, format);
  if (names.length === 0) return new Set();
  const tests = names.map((name) => {
    const column = quoteIdentifier(name);
    return `count(*) FILTER (${column} NOT IN (${MISSING_SQL}) AND ${parsed(name)} IS NULL) = 0
      AND count(${parsed(name)}) > 0`;
  });
  const result = await connection.runAndReadAll(
    `SELECT [${tests.join(', ')}] FROM ${source.relation}`,
  );
  const [answers] = (result.getRowsJson()[0] ?? []) as [boolean[]?];
  return new Set(names.filter((_, index) => answers?.[index] === true));
}

async function checkFormat(connection: DuckDBConnection, format: string): Promise<void> {
  if (format in EPOCHS) return;
  try {
    if (!format.includes('%')) throw new Error('it names no part of a time');
    await connection.run(`SELECT strptime('', ${quoteLiteral(format)}) WHERE false`);
    await connection.run(`SELECT try_strptime('x', ${quoteLiteral(format)})`);
  } catch (error) {
    const reason = (error as Error).message.replace(/^[A-Za-z ]+ Error: /, '').split('\n')[0] ?? '';
    throw Problem.field(
      'invalid-parameter',
      'dateformat',
      `"${format}" is no form of a time (${reason}); expected one such as %d/%m/%Y, epoch_s or epoch_ms`,
    );
  }
}
