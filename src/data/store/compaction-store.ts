import type { Redis } from 'ioredis';

import type { Keys } from '../../redis/keys.js';
import { Script } from '../../redis/script.js';
import { OLD_GENERATION_SECONDS } from './kept-load.js';

const compact = new Script(new URL('./compact.lua', import.meta.url));

/** No dataset is compacted more often than this. */
const LEASE_SECONDS = 60;

export interface WaitingEdits {
  readonly name: string;
  readonly edits: number;
  readonly rows: number;
}

export interface NextGeneration {
  readonly generation: string;
  /** Number of the last edit that is folded in. */
  readonly edit: number;
  /** How many rows it holds where it is a new version, made by removing rows; null for a compaction. */
  readonly rows: number | null;
}

/** What compaction needs of Redis. */
export class CompactionStore {
  constructor(
    private readonly redis: Redis,
    private readonly keys: Keys,
  ) {}

  /** How many edits wait, for every dataset. */
  async waiting(): Promise<WaitingEdits[]> {
    const names = await this.redis.smembers(this.keys.datasets());
    return Promise.all(
      names.map(async (name) => {
        const edits = this.redis.zcard(this.keys.editOrder(name));
        const rows = this.redis.hget(this.keys.dataset(name), 'rows');
        return { name, edits: await edits, rows: Number(await rows) };
      }),
    );
  }

  /** Whether this process may compact the dataset now. */
  async lease(name: string): Promise<boolean> {
    const key = this.keys.compactionLease(name);
    return (await this.redis.set(key, '1', 'EX', LEASE_SECONDS, 'NX')) === 'OK';
  }

  /** Makes the new generation current; false where a load, another compaction or an edit came first. */
  async replace(name: string, folded: string, next: NextGeneration): Promise<boolean> {
    const keys = [
      this.keys.dataset(name),
      this.keys.generation(name, next.generation),
      this.keys.edits(name),
      this.keys.editOrder(name),
    ];
    const args = [folded, next.generation, next.edit, OLD_GENERATION_SECONDS, next.rows ?? ''];
    return (await compact.run(this.redis, keys, args)) === 1;
  }
}
