// Plain ESM JavaScript: jest loads global hooks with Node's own loader, outside its transforms.
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { spawnGuarded } from '../../scripts/launcher/guarded-process.mjs';
import { freePort } from '../../scripts/launcher/ports.mjs';
import { findRedisServer } from '../../scripts/launcher/redis-binary.mjs';
import { redisReady } from '../../scripts/launcher/redis-probe.mjs';

const ATTEMPTS = 3;

/** Builds once and starts one Redis for the whole run; the test processes inherit what is set here. */
export default async function globalSetup() {
  if (process.env.TEST_SKIP_BUILD === undefined) build();
  const binary = findRedisServer(process.env);
  if (binary === undefined) {
    throw new Error('redis-server was not found: run make setup, or install it (apt, brew)');
  }
  process.env.TEST_REDIS_BINARY = binary;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = await freePort();
    const folder = mkdtempSync(join(tmpdir(), 'almanac-test-redis-'));
    const redis = spawnGuarded(binary, redisArguments(port, folder));
    globalThis.__REDIS__ = { redis, folder };
    if (await redisReady(port, { alive: () => redis.exitCode === null })) {
      process.env.TEST_REDIS_PORT = String(port);
      process.env.TEST_REDIS_URL = `redis://127.0.0.1:${port}`;
      return;
    }
    redis.stdin.end();
  }
  throw new Error(`${binary} did not start`);
}

/** Threads and spawned processes run the build. It is incremental: fast when nothing changed. */
function build() {
  for (const step of [
    ['node_modules/@nestjs/cli/bin/nest.js', 'build'],
    ['scripts/bundle-cli.mjs'],
  ]) {
    const { status } = spawnSync(process.execPath, step, {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    if (status !== 0) throw new Error('the build failed, see above');
  }
}

function redisArguments(port, folder) {
  return ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder].concat([
    '--save',
    '',
    '--appendonly',
    'no',
    '--maxmemory-policy',
    'noeviction',
  ]);
}
