import type { Redis } from 'ioredis';

import type { Keys } from '../redis/keys.js';
import type { Manifest } from './manifest.js';

/** What the service knows of its last backup: a note in Redis, written by whoever takes backups. */
export interface LastBackup {
  readonly name: string;
  /** RFC 3339. */
  readonly created: string;
  /** When it was last proved that it can be restored, RFC 3339; null where it was not. */
  readonly verified: string | null;
  readonly bytes: number;
}

export async function noteBackup(
  data: Redis,
  keys: Keys,
  { name, created, dumps }: Manifest,
  verified: boolean,
): Promise<void> {
  await data.hset(keys.lastBackup(), {
    ...{ name, created, bytes: dumps.reduce((sum, { bytes }) => sum + bytes, 0) },
    ...(verified ? { verified: created } : {}),
  });
}

/** Null where no backup was ever taken. */
export async function lastBackup(data: Redis, keys: Keys): Promise<LastBackup | null> {
  const { name, created, verified, bytes } = await data.hgetall(keys.lastBackup());
  if (name === undefined || created === undefined) return null;
  return { name, created, verified: verified ?? null, bytes: Number(bytes) };
}
