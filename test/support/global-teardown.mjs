import { once } from 'node:events';

export default async function globalTeardown() {
  const guard = globalThis.__REDIS__;
  if (guard === undefined || guard.exitCode !== null) return;
  guard.stdin.end();
  await once(guard, 'exit');
}
