import { stat } from 'node:fs/promises';

import type { DuckDBConnection } from '@duckdb/node-api';

import { nearNames } from '../../errors/near.js';
import { Problem } from '../../errors/problem.js';
import type { DuckDBInstance } from '../duckdb.js';
import { quoteLiteral } from '../identifier.js';
import type { Column, ColumnType } from '../schema.js';
import { buildAtOnce } from './at-once.js';
import { buildTables, STORAGE_VERSION } from './build.js';
import { withDateFormat } from './date-format.js';
import { refuseDeepValues } from './json-depth.js';
import { inferColumns, type InferredColumn } from './inference.js';
import { openEngine } from './load-engine.js';
import { readable } from './load-failure.js';
import { checkGivenKey, findKey } from './key.js';
import { prepare, type Prepared } from './prepare.js';
import type { LoadOutcome, LoadRequest } from './request.js';
import { findPosition, findTime } from './roles.js';
import { withExpected } from './expected-columns.js';
import type { Refusals, Source, SourceColumn } from './source.js';
import { ROW_GROUP, STAGED_BYTES, staged } from './stage.js';

/**
 * Turns one spooled file into one generation file: opens it as a table of text, decides the types over
 * all of it, builds the typed table and finds its key. Runs in the loader process, never in the API.
 */
const REPORTED_REJECTS = 100;

/** How the file of a small table is laid out: groups for several threads, blocks that are not mostly empty. */
const SMALL_LAYOUT = `, ROW_GROUP_SIZE ${String(ROW_GROUP)}, BLOCK_SIZE 65536`;

/** Where the engine puts what does not fit into memory. Once it has, it cannot be told another place. */
export const spillFolder = ({ output }: LoadRequest): string => `${output}.tmp`;

/** @throws Problem `unreadable-file`, `invalid-parameter` */
export async function loadFile(request: LoadRequest): Promise<LoadOutcome> {
  const engine = await openEngine();
  try {
    return await loadWith(engine, request);
  } finally {
    engine.closeSync();
  }
}

/**
 * The same with an engine that is there already. It can be used again if this ends well.
 * @throws Problem `unreadable-file`, `invalid-parameter`
 */
export async function loadWith(engine: DuckDBInstance, request: LoadRequest): Promise<LoadOutcome> {
  const started = performance.now();
  const connection = await engine.connect();
  try {
    await setLimits(engine, connection, request);
    await connection.run(`SET GLOBAL temp_directory = ${quoteLiteral(spillFolder(request))}`);
    const small = (await stat(request.input)).size <= STAGED_BYTES;
    const target = `AS target (STORAGE_VERSION '${STORAGE_VERSION}'${small ? SMALL_LAYOUT : ''})`;
    await connection.run(`ATTACH ${quoteLiteral(request.output)} ${target}`);
    const outcome = await load(connection, request);
    await connection.run('CHECKPOINT target');
    await connection.run('DETACH target');
    await connection.run('DETACH DATABASE IF EXISTS stage');
    const seconds = Math.round(performance.now() - started) / 1000;
    return { ...outcome, report: { ...outcome.report, seconds } };
  } catch (error) {
    throw readable(error, request);
  } finally {
    connection.closeSync();
  }
}

/** The limits that an engine has: to set that of its memory anew makes it give back all that it holds. */
const limits = new WeakMap<DuckDBInstance, string>();

async function setLimits(
  engine: DuckDBInstance,
  connection: DuckDBConnection,
  { threads, memoryBytes }: LoadRequest,
): Promise<void> {
  const wanted = `SET GLOBAL threads = ${String(threads)}; SET GLOBAL memory_limit = '${String(memoryBytes)}B'`;
  if (limits.get(engine) === wanted) return;
  await connection.run(wanted);
  limits.set(engine, wanted);
}

async function load(connection: DuckDBConnection, request: LoadRequest): Promise<LoadOutcome> {
  const prepared = await prepare(request);
  try {
    return await loadPrepared(connection, request, prepared);
  } catch (error) {
    const file = (await prepared.format.mend?.(prepared.file, error)) ?? null;
    if (file === null) throw error;
    await beginAnew(connection);
    return loadPrepared(connection, request, { ...prepared, file });
  }
}

async function beginAnew(connection: DuckDBConnection): Promise<void> {
  await connection.run('ROLLBACK').catch(() => undefined); // where no transaction was open
  await connection.run('DROP TABLE IF EXISTS target.records');
  await connection.run('DETACH DATABASE IF EXISTS stage');
}

async function loadPrepared(
  connection: DuckDBConnection,
  request: LoadRequest,
  { format, file, encoding }: Prepared,
): Promise<LoadOutcome> {
  const opened = await format.open(connection, file, {
    ...(request.delimiter === null ? {} : { delimiter: request.delimiter }),
    ...(request.path === null ? {} : { path: request.path }),
    mayBeEmpty: request.expected.length > 0,
    maxBytes: request.maxBytes,
  });
  const complete = withExpected(opened, request.expected);
  checkGiven(complete, request);
  const timed = await withTimes(connection, complete, request);
  const large = format.binary === true || (await stat(file)).size > STAGED_BYTES;
  const source = large ? timed : await staged(connection, timed);
  const open = source.columns.every(
    ({ name, type }) => (typeOf(name, request) ?? type) === undefined,
  );
  const atOnce = open && large ? await buildAtOnce(connection, source) : null;
  const inferred = atOnce ?? (await inferColumns(connection, source));
  const columns = source.columns.map((column, index) =>
    describe(column, inferred.columns[index], typeOf(column.name, request)),
  );
  await refuseDeepValues(connection, source, columns);
  if (request.key !== null) checkGivenKey(request.key, columns);
  const declaredKey = columns.some(({ name }) => name === request.declared.key);
  const key = request.key ?? (declaredKey ? request.declared.key : null);
  const given = columns.filter(({ name }) => typeOf(name, request) !== undefined);
  const built = await buildTables(connection, source, columns, {
    given,
    key,
    built: atOnce !== null,
    offered: inferred.rows,
  });
  refuseAll(built, request);
  const declaredTime = columns.find(({ name }) => name === request.declared.time)?.name;
  const { rows, refusals } = built;
  return {
    schema: {
      columns,
      key: key ?? (await findKey(connection, 'target.records', columns, rows)),
      time: declaredTime ?? findTime(columns),
      position: findPosition(columns),
    },
    report: {
      format: format.name,
      rows,
      refused: refusals.count,
      rejects: refusals.rejects.slice(0, REPORTED_REJECTS),
      coerced: countsOf(source, columns, inferred.columns),
      renamed: Object.fromEntries(
        source.columns.flatMap(({ name, source: old }) => (old === undefined ? [] : [[name, old]])),
      ),
      found: { ...source.found, ...(encoding === null ? {} : { encoding }) },
      seconds: 0,
    },
    rejects: refusals.rejects,
  };
}

/**
 * A load fails where it would keep nothing of what was offered, or was asked to keep all.
 * @throws Problem `unreadable-file`, `rejected-rows`
 */
function refuseAll(
  { rows, refusals: { count, rejects } }: { rows: number; refusals: Refusals },
  { onError }: LoadRequest,
): void {
  if (count === 0 || (rows > 0 && onError !== 'fail')) return;
  const { line, record, reason } = rejects[0] ?? {};
  const where = line === undefined ? `record ${String(record)}` : `line ${String(line)}`;
  const first = `${reason ?? ''} (${where})`;
  const some = rejects.slice(0, REPORTED_REJECTS);
  if (onError === 'fail') {
    throw new Problem('rejected-rows', `${String(count)} rows do not fit; the first: ${first}`, {
      refused: count,
      rejects: some,
    });
  }
  throw new Problem('unreadable-file', `no row could be read: ${first}`, {
    refused: count,
    rejects: some,
  });
}

async function withTimes(
  connection: DuckDBConnection,
  source: Source,
  request: LoadRequest,
): Promise<Source> {
  if (request.dateformat === null) return source;
  const given = (name: string): ColumnType | undefined => typeOf(name, request);
  return withDateFormat(connection, source, request.dateformat, given);
}

/** The type that a column was given beforehand, by the request or else by the catalog. */
const typeOf = (name: string, request: LoadRequest): ColumnType | undefined =>
  request.columns[name]?.type ?? request.declared.columns[name]?.type;

/** A type that was said wins over that of the format, and that over what the values look like. */
function describe(
  { type: own, ...column }: SourceColumn,
  inferred: InferredColumn | undefined,
  said: ColumnType | undefined,
): Column {
  const type = said ?? own ?? inferred?.type ?? 'text';
  const { nulls = 0, coerced = 0 } = inferred ?? {};
  return { ...column, type, nulls: type === 'text' ? nulls - coerced : nulls };
}

function checkGiven(source: Source, request: LoadRequest): void {
  const names = source.columns.map(({ name }) => name);
  for (const name of Object.keys(request.columns)) {
    if (names.includes(name)) continue;
    const near = nearNames(name, names);
    throw Problem.field('invalid-parameter', `schema.${name}`, 'the file has no such column', {
      near,
    });
  }
}

const countsOf = (
  source: Source,
  columns: readonly Column[],
  inferred: readonly InferredColumn[],
): Record<string, number> =>
  Object.fromEntries(
    source.columns.flatMap(({ name }, index) => {
      const coerced = columns[index]?.type === 'text' ? 0 : (inferred[index]?.coerced ?? 0);
      return coerced > 0 ? [[name, coerced]] : [];
    }),
  );
