import { DuckDBInstance } from '../duckdb.js';

/** The engine of a load; a process that waits for one opens it beforehand. */
export async function openEngine(): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`SET GLOBAL TimeZone = 'UTC'`);
  connection.closeSync();
  return instance;
}
