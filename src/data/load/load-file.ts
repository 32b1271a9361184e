import { stat } from 'node:fs/promises';

import type { DuckDBConnection } from '@duckdb/node-api';

import { Problem } from '../../errors/problem.js';
import type { DuckDBInstance } from '../duckdb.js';
import { quoteLiteral } from '../identifier.js';
import type { ColumnType } from '../schema.js';
import { dropTables, keptRows, STORAGE_VERSION, type KeptRows } from './build.js';
import { withDateFormat } from './date-format.js';
import { readable } from './load-failure.js';
import { checkGiven, coercedOf, givenOf, typeOf } from './described-columns.js';
import { buildLarge, buildSmall } from './infer-and-build.js';
import { findKey } from './key.js';
import { connect, disconnect, openEngine, setLimits, type LoadConnections } from './load-engine.js';
import { prepare, type Prepared } from './prepare.js';
import type { LoadOutcome, LoadRequest } from './request.js';
import { findPosition, findTime } from './roles.js';
import { withExpected } from './expected-columns.js';
import type { Source } from './source.js';
import { STAGED_BYTES, staged } from './stage.js';

/**
 * Turns one spooled file into one generation file: opens it as a table of text, decides the types over
 * all of it, builds the typed table and finds its key. Runs in the loader process, never in the API.
 */
const REPORTED_REJECTS = 100;

/** How the file of a small table is laid out: groups for several threads, blocks that are not mostly empty. */
const SMALL_LAYOUT = `, ROW_GROUP_SIZE 24576, BLOCK_SIZE 65536`;

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
  const connections = await connect(engine);
  const { main: connection } = connections;
  try {
    await setLimits(engine, connection, request);
    await connection.run(`SET GLOBAL temp_directory = ${quoteLiteral(spillFolder(request))}`);
    const small = (await stat(request.input)).size <= STAGED_BYTES;
    const target = `AS target (STORAGE_VERSION '${STORAGE_VERSION}'${small ? SMALL_LAYOUT : ''})`;
    await connection.run(`ATTACH ${quoteLiteral(request.output)} ${target}`);
    const outcome = await load(connections, request);
    await connection.run('CHECKPOINT target');
    await connection.run('DETACH target');
    await connection.run('DETACH DATABASE IF EXISTS stage');
    const seconds = Math.round(performance.now() - started) / 1000;
    return { ...outcome, report: { ...outcome.report, seconds } };
  } catch (error) {
    throw readable(error, request);
  } finally {
    disconnect(connections);
  }
}

async function load(connections: LoadConnections, request: LoadRequest): Promise<LoadOutcome> {
  const prepared = await prepare(request);
  try {
    return await loadPrepared(connections, request, prepared);
  } catch (error) {
    const file = (await prepared.format.mend?.(prepared.file, error)) ?? null;
    if (file === null) throw error;
    await dropTables(connections.main);
    await connections.main.run('DETACH DATABASE IF EXISTS stage');
    return loadPrepared(connections, request, { ...prepared, file });
  }
}

async function loadPrepared(
  connections: LoadConnections,
  request: LoadRequest,
  { format, file, encoding }: Prepared,
): Promise<LoadOutcome> {
  const { main: connection } = connections;
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
  const build = large ? buildLarge : buildSmall;
  const { columns, inferred, offered, key, found } = await build(connections, source, request);
  const given = givenOf(columns, request);
  const kept = await keptRows(connection, source, { given, key, offered });
  refuseAll(kept, request);
  const { rows, refusals } = kept;
  const whole = rows === offered ? found : null;
  const declaredTime = columns.find(({ name }) => name === request.declared.time)?.name;
  return {
    schema: {
      columns,
      key: key ?? whole ?? (await findKey(connection, 'target.records', columns, rows)),
      time: declaredTime ?? findTime(columns),
      position: findPosition(columns),
    },
    report: {
      format: format.name,
      rows,
      refused: refusals.count,
      rejects: refusals.rejects.slice(0, REPORTED_REJECTS),
      coerced: coercedOf(columns, inferred),
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
  { rows, refusals: { count, rejects } }: KeptRows,
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
