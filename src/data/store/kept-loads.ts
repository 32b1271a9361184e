import type { Redis } from 'ioredis';

import { Problem } from '../../errors/problem.js';
import type { Keys } from '../../redis/keys.js';
import { Script } from '../../redis/script.js';
import { OLD_GENERATION_SECONDS, type KeptLoad } from './kept-load.js';

const freeLoad = new Script(new URL('./free-load.lua', import.meta.url));

/** The loads of datasets that are kept, in Redis. */
export class KeptLoads {
  constructor(
    private readonly redis: Redis,
    private readonly keys: Keys,
  ) {}

  /** Newest first. */
  async list(name: string): Promise<KeptLoad[]> {
    const kept = Object.entries(await this.redis.hgetall(this.keys.keptLoads(name)));
    return kept.map(([load, text]) => parse(Number(load), text)).sort((a, b) => b.load - a.load);
  }

  async find(name: string, load: number): Promise<KeptLoad | null> {
    const text = await this.redis.hget(this.keys.keptLoads(name), String(load));
    return text === null ? null : parse(load, text);
  }

  /** @throws Problem `version-gone` */
  async get(name: string, load: number): Promise<KeptLoad> {
    return (await this.find(name, load)) ?? (await this.gone(name, load));
  }

  /** @throws Problem `version-gone`, always */
  async gone(name: string, load: number): Promise<never> {
    const loads = (await this.list(name)).map((one) => String(one.load));
    const known = loads.length === 0 ? 'none is' : `${loads.join(', ')} are`;
    throw new Problem('version-gone', `load ${String(load)} of "${name}" is not kept; ${known}`);
  }

  /** Names of all datasets. */
  datasets(): Promise<string[]> {
    return this.redis.smembers(this.keys.datasets());
  }

  /**
   * Lets a load go; the current one never goes.
   * @param now whether readers that have not fetched its file yet lose it at once
   */
  async free(name: string, { load, generation }: KeptLoad, now = false): Promise<boolean> {
    const keys = [
      this.keys.dataset(name),
      this.keys.keptLoads(name),
      this.keys.generation(name, generation),
    ];
    const args = [load, now ? 0 : OLD_GENERATION_SECONDS];
    return (await freeLoad.run(this.redis, keys, args)) === 1;
  }
}

const parse = (load: number, text: string): KeptLoad => ({
  ...(JSON.parse(text) as Omit<KeptLoad, 'load'>),
  load,
});
