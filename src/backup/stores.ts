import { Redis } from 'ioredis';

import type { Store } from '../redis/connections.js';

const DEADLINE_MS = 120_000;

/** A connection to each store, for a backup or a restore: patient, and with no reconnecting. */
export class Stores {
  private constructor(private readonly connections: Readonly<Record<Store, Redis>>) {}

  /**
   * @param address of each store: its URL, or a socket and the number of the database
   * @throws Error where a server does not answer
   */
  static async connect(address: (store: Store) => string | SocketAddress): Promise<Stores> {
    const options = {
      lazyConnect: true,
      maxRetriesPerRequest: 0,
      retryStrategy: (): null => null,
      commandTimeout: DEADLINE_MS,
    };
    const open = (store: Store): Redis => {
      const at = address(store);
      const redis =
        typeof at === 'string' ? new Redis(at, options) : new Redis({ ...options, ...at });
      // The command that fails says so; without a listener the process would end.
      redis.on('error', () => undefined);
      return redis;
    };
    const stores = new Stores({
      data: open('data'),
      queue: open('queue'),
      results: open('results'),
    });
    try {
      await Promise.all(stores.all.map((redis) => redis.connect()));
    } catch (error) {
      stores.close();
      throw error;
    }
    return stores;
  }

  get all(): readonly Redis[] {
    return Object.values(this.connections);
  }

  of(store: Store): Redis {
    return this.connections[store];
  }

  close(): void {
    for (const redis of this.all) redis.disconnect();
  }
}

export interface SocketAddress {
  readonly path: string;
  readonly db: number;
}

/** All keys that match, in batches; a key may come twice, as SCAN says. */
export async function* scan(redis: Redis, match: string, count = 500): AsyncGenerator<string[]> {
  let cursor = '0';
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', match, 'COUNT', count);
    cursor = next;
    if (keys.length > 0) yield keys;
  } while (cursor !== '0');
}

/** A prefix as a pattern of SCAN that matches itself only. */
export const escapeGlob = (text: string): string => text.replace(/[\\*?[\]^]/g, '\\$&');
