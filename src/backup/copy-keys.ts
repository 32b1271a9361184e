import type { Redis } from 'ioredis';

import { escapeGlob, scan } from './stores.js';

const BATCH_BYTES = 16 * 2 ** 20;

/**
 * Copies all keys with a prefix from one database to another, with their expiry, by DUMP and RESTORE: it needs
 * no access to the files of the target, which may be a managed Redis.
 * @returns how many were copied
 */
export async function copyKeys(
  from: Redis,
  to: Redis,
  prefix: string,
  wanted: (key: string) => boolean,
): Promise<number> {
  const copied = new Set<string>();
  for await (const found of scan(from, `${escapeGlob(prefix)}:*`, 100)) {
    const fresh = found.filter((key) => wanted(key) && !copied.has(key));
    for (const batch of await batches(from, fresh)) {
      const pipeline = to.pipeline();
      for (const { key, ttl, value } of batch) {
        pipeline.restore(key, Math.max(ttl, 0), value);
      }
      for (const [error] of (await pipeline.exec()) ?? []) if (error !== null) throw error;
    }
    for (const key of fresh) copied.add(key);
  }
  return copied.size;
}

interface Copy {
  readonly key: string;
  /** Milliseconds; -1 for none. */
  readonly ttl: number;
  readonly value: Buffer;
}

/** Values of the keys in batches of bounded size: one may have many MiB. */
async function batches(from: Redis, keys: readonly string[]): Promise<Copy[][]> {
  const made: Copy[][] = [[]];
  let bytes = 0;
  for (const key of keys) {
    const ttl = await from.pttl(key);
    // ioredis' type says that there always is something, but a key may have expired.
    const value = (await from.dumpBuffer(key)) as Buffer | null;
    if (ttl === -2 || value === null) continue;
    bytes += value.length;
    made.at(-1)?.push({ key, ttl, value });
    if (bytes < BATCH_BYTES) continue;
    made.push([]);
    bytes = 0;
  }
  return made.filter((batch) => batch.length > 0);
}
