import type { DuckDBConnection } from '@duckdb/node-api';

import type { Column } from '../schema.js';
import { buildAtOnce } from './at-once.js';
import { createTables, valuesSql } from './build.js';
import { columnsOf, givenOf, typeOf } from './described-columns.js';
import { EarlyBuild, likely } from './early-build.js';
import { guessTypes, inferColumns, narrowByEnds } from './inference.js';
import { refuseDeepValues } from './json-depth.js';
import { checkGivenKey, findKey } from './key.js';
import type { LoadConnections } from './load-engine.js';
import type { LoadRequest } from './request.js';
import type { Source } from './source.js';
import type { InferredColumn } from './type-test.js';

export interface Built {
  readonly columns: readonly Column[];
  readonly inferred: readonly InferredColumn[];
  /** Rows that the source holds. */
  readonly offered: number;
  /** The key that was asked for, here or by the catalog. */
  readonly key: string | null;
  /** The key that was found, as long as no row is refused; null where it was not looked for. */
  readonly found: string | null;
}

/**
 * Decides the types of a large file and builds its tables, in one pass where its first rows tell every type.
 * @throws Problem `invalid-parameter`, `unreadable-file`
 */
export async function buildLarge(
  { main }: LoadConnections,
  source: Source,
  request: LoadRequest,
): Promise<Built> {
  const guesses = await guessTypes(main, source);
  const open = source.columns.every(
    ({ name, type }) => (typeOf(name, request) ?? type) === undefined,
  );
  const atOnce = open ? await buildAtOnce(main, source, guesses) : null;
  const inferred = atOnce ?? (await inferColumns([main], source, guesses));
  const columns = columnsOf(source, inferred.columns, request);
  await refuseDeepValues(main, source, columns);
  const key = keyAskedFor(columns, request);
  if (atOnce === null) await createTables(main, source, columns, givenOf(columns, request));
  return { columns, inferred: inferred.columns, offered: inferred.rows, key, found: null };
}

/**
 * The same of a small file that is in memory: what does not depend on each other is done side by side.
 * @throws Problem `invalid-parameter`, `unreadable-file`
 */
export async function buildSmall(
  { main, beside }: LoadConnections,
  source: Source,
  request: LoadRequest,
): Promise<Built> {
  const guesses = await narrowByEnds(main, source, await guessTypes(main, source));
  const looks = columnsOf(source, guesses.map(likely), request);
  const early = EarlyBuild.begin(main, source, looks, givenOf(looks, request));
  try {
    const testing = early === null ? [main, beside] : [beside];
    const { rows: offered, columns: inferred } = await inferColumns(testing, source, guesses);
    const columns = columnsOf(source, inferred, request);
    await refuseDeepValues(beside, source, columns);
    const key = keyAskedFor(columns, request);
    const building = finish(main, source, columns, { early, given: givenOf(columns, request) });
    const finding = key === null ? findKeyOf(beside, source, columns, offered) : null;
    await Promise.allSettled([building, finding]);
    await building;
    return { columns, inferred, offered, key, found: await finding };
  } catch (error) {
    await early?.takeBack();
    throw error;
  }
}

async function finish(
  connection: DuckDBConnection,
  source: Source,
  columns: readonly Column[],
  { early, given }: { early: EarlyBuild | null; given: readonly Column[] },
): Promise<void> {
  const built = early !== null && (await early.finish(columns));
  if (!built) await createTables(connection, source, columns, given);
}

/** @throws Problem `invalid-parameter` where the one of the request cannot be one */
function keyAskedFor(columns: readonly Column[], { key, declared }: LoadRequest): string | null {
  if (key !== null) {
    checkGivenKey(key, columns);
    return key;
  }
  return columns.find(({ name }) => name === declared.key)?.name ?? null;
}

/** The key of the table that is being built, as long as none of its rows is refused. */
const findKeyOf = (
  connection: DuckDBConnection,
  { relation }: Source,
  columns: readonly Column[],
  rows: number,
): Promise<string> =>
  findKey(connection, `(SELECT ${valuesSql(columns)} FROM ${relation})`, columns, rows);
