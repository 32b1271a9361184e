import { setTimeout as sleep } from 'node:timers/promises';

import { Problem } from '../../errors/problem.js';
import type { KeptLoad } from '../store/kept-load.js';
import type { KeptLoads } from '../store/kept-loads.js';
import type { LoadsInUse } from './loads-in-use.js';

/** Redis gives memory back in the background. */
const FREED_AFTER_MS = 50;

/**
 * How long loads are kept: the newest few of each dataset, and whatever an unfinished job needs. Where
 * Redis has no room for new data, older loads of all datasets make room, oldest first.
 */
export class LoadKeeping {
  constructor(
    private readonly kept: KeptLoads,
    private readonly inUse: LoadsInUse,
    /** Loads that are kept of each dataset, the current one included. */
    private readonly most: number,
  ) {}

  /** Lets go what is more than is to be kept of a dataset. */
  async trim(name: string): Promise<void> {
    const surplus = (await this.kept.list(name)).slice(this.most);
    if (surplus.length === 0) return;
    const needed = await this.inUse.of(name);
    for (const load of surplus) {
      if (!needed.has(load.load)) await this.kept.free(name, load);
    }
  }

  /** Lets go what jobs needed that are finished by now. */
  async trimAll(): Promise<void> {
    for (const name of await this.kept.datasets()) await this.trim(name);
  }

  /**
   * Stores something; where Redis is full older loads are let go, one by one.
   * @throws Problem `storage-full` where there is none left to let go
   */
  async withRoom<T>(store: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await store();
      } catch (error) {
        const full = error instanceof Problem && error.code === 'storage-full';
        if (!full || !(await this.freeOldest())) throw error;
        await sleep(FREED_AFTER_MS);
      }
    }
  }

  private async freeOldest(): Promise<boolean> {
    const all: { name: string; load: KeptLoad }[] = [];
    for (const name of await this.kept.datasets()) {
      const [, ...older] = await this.kept.list(name);
      const needed = older.length > 0 ? await this.inUse.of(name) : new Set<number>();
      all.push(...older.filter(({ load }) => !needed.has(load)).map((load) => ({ name, load })));
    }
    for (const { name, load } of all.sort((a, b) => (a.load.loaded < b.load.loaded ? -1 : 1))) {
      if (await this.kept.free(name, load, true)) return true;
    }
    return false;
  }
}
