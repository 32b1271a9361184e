import { once } from 'node:events';
import { rmSync } from 'node:fs';

export default async function globalTeardown() {
  if (globalThis.__REDIS__ === undefined) return;
  const { redis, folder } = globalThis.__REDIS__;
  if (redis.exitCode === null && redis.signalCode === null) {
    redis.stdin.end();
    await once(redis, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
}
