import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';

import { DuckDBInstance } from '@duckdb/node-api';

import { findRedisServer } from '../../scripts/launcher/redis-binary.mjs';

/** What the figures were measured on. */
export async function describeMachine() {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const duckdb = (await connection.runAndReadAll('SELECT version()')).getRows()[0][0];
  connection.closeSync();
  instance.closeSync();
  const redis = execFileSync(findRedisServer(process.env), ['--version'], { encoding: 'utf8' });
  return {
    processor: `${cpus().length} x ${cpus()[0]?.model.trim() ?? 'unknown'}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
    load: loadavg()[0].toFixed(2),
    node: process.version,
    redis: /v=(\S+)/.exec(redis)?.[1] ?? redis.trim(),
    duckdb,
  };
}
