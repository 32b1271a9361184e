import { randomUUID } from 'node:crypto';

import type { Redis } from 'ioredis';

import type { Keys } from '../../redis/keys.js';
import type { Reject } from '../load/source.js';

/** Rows of a load that never gets published go by themselves. */
const UNPUBLISHED_SECONDS = 3_600;
const AT_ONCE = 1_000;

/** The refused rows of the last load of each dataset: a list in Redis, which `publish.lua` makes current. */
export class RejectStore {
  constructor(
    private readonly redis: Redis,
    private readonly keys: Keys,
  ) {}

  /** Writes the rows; the id under which they are found, '' where there are none. */
  async write(name: string, rejects: readonly Reject[]): Promise<string> {
    if (rejects.length === 0) return '';
    const id = randomUUID();
    const key = this.keys.rejects(name, id);
    for (let at = 0; at < rejects.length; at += AT_ONCE) {
      const rows = rejects.slice(at, at + AT_ONCE).map((reject) => JSON.stringify(reject));
      await this.redis.rpush(key, ...rows);
      if (at === 0) await this.redis.expire(key, UNPUBLISHED_SECONDS);
    }
    return id;
  }

  /** A page of the rows, and how many are kept. */
  async page(
    name: string,
    offset: number,
    limit: number,
  ): Promise<{ kept: number; rejects: Reject[] }> {
    const id = await this.redis.hget(this.keys.dataset(name), 'rejects');
    if (id === null || id === '') return { kept: 0, rejects: [] };
    const key = this.keys.rejects(name, id);
    const [kept, rows] = await Promise.all([
      this.redis.llen(key),
      limit === 0 ? [] : this.redis.lrange(key, offset, offset + limit - 1),
    ]);
    return { kept, rejects: rows.map((row) => JSON.parse(row) as Reject) };
  }
}
