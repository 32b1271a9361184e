import type { DuckDBConnection } from '@duckdb/node-api';

import { DuckDBInstance } from '../duckdb.js';
import type { LoadRequest } from './request.js';

/**
 * Two connections to the engine of a load. DuckDB gives a table of fewer than 122,880 rows to one thread, so
 * for small tables what does not depend on each other is asked on both.
 */
export interface LoadConnections {
  readonly main: DuckDBConnection;
  readonly beside: DuckDBConnection;
}

/** The engine of a load; a process that waits for one opens it beforehand. */
export async function openEngine(): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`SET GLOBAL TimeZone = 'UTC'`);
  connection.closeSync();
  return instance;
}

/** The limits that an engine has: to set that of its memory anew makes it give back all that it holds. */
const limits = new WeakMap<DuckDBInstance, string>();

export async function setLimits(
  engine: DuckDBInstance,
  connection: DuckDBConnection,
  { threads, memoryBytes }: LoadRequest,
): Promise<void> {
  const wanted = `SET GLOBAL threads = ${String(threads)}; SET GLOBAL memory_limit = '${String(memoryBytes)}B'`;
  if (limits.get(engine) === wanted) return;
  await connection.run(wanted);
  limits.set(engine, wanted);
}

export async function connect(engine: DuckDBInstance): Promise<LoadConnections> {
  const [main, beside] = await Promise.all([engine.connect(), engine.connect()]);
  return { main, beside };
}

export function disconnect({ main, beside }: LoadConnections): void {
  main.closeSync();
  beside.closeSync();
}
