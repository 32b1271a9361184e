import { setTimeout as sleep } from 'node:timers/promises';

import { redisFailure } from '../../errors/redis-failure.js';

const AGAIN_MS = 250;
const LONGEST_MS = 10 * 60_000;

/**
 * Writes something that must not be lost, such as the results of long work: while Redis is away it is tried
 * again, for ten minutes at most or until `signal` fires. `write` must be safe to repeat.
 */
export async function persist<T>(write: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const end = performance.now() + LONGEST_MS;
  for (;;) {
    try {
      return await write();
    } catch (error) {
      const away = redisFailure(error)?.code === 'storage-unavailable';
      if (!away || performance.now() > end || signal?.aborted === true) throw error;
      await sleep(AGAIN_MS);
    }
  }
}
