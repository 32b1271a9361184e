import type { Redis } from 'ioredis';

import type { Keys } from '../../redis/keys.js';

/** Which loads of a dataset unfinished jobs name as the version that they were made for. */
export class LoadsInUse {
  constructor(
    private readonly queue: Redis,
    private readonly keys: Keys,
  ) {}

  async of(name: string): Promise<Set<number>> {
    const ids = await this.queue.zrange(this.keys.openJobs(), '0', '-1');
    const jobs = await Promise.all(
      ids.map((id) => this.queue.hmget(this.keys.job(id), 'dataset', 'version')),
    );
    const versions = jobs.filter(([dataset]) => dataset === name).map(([, version]) => version);
    return new Set(versions.map((version) => Number.parseInt(version ?? '', 10)));
  }
}
