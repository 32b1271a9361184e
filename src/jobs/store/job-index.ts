import { Inject, Injectable } from '@nestjs/common';

import { CONFIGURATION } from '../../config/config.module.js';
import type { Configuration } from '../../config/configuration.js';
import { RedisConnections } from '../../redis/connections.js';
import { Keys } from '../../redis/keys.js';
import { Script } from '../../redis/script.js';
import { SILENT_MS, type JobRecord } from '../job.js';
import { messageKey } from '../queue/queue.module.js';
import { ConnectedTime } from './connected-time.js';
import { recordOf } from './record.js';

const scripts = {
  page: new Script(new URL('./page.lua', import.meta.url)),
  orphans: new Script(new URL('./orphans.lua', import.meta.url)),
};

/** Records that one script call looks at, and calls for one page: what a page may cost at most. */
const LOOK_AT = 1_000;
const CALLS = 20;

export interface Wanted {
  readonly status?: string | undefined;
  readonly analysis?: string | undefined;
  readonly dataset?: string | undefined;
  readonly label?: string | undefined;
}

export interface Page {
  readonly records: readonly JobRecord[];
  /** Where the next page starts, or null at the end. */
  readonly next: string | null;
}

/** Lists of jobs, from the two indexes: all jobs, and those that are open. */
@Injectable()
export class JobIndex {
  private readonly keys: Keys;
  private readonly connected: ConnectedTime;

  constructor(
    private readonly redis: RedisConnections,
    @Inject(CONFIGURATION) configuration: Configuration,
  ) {
    this.keys = new Keys(configuration.keyPrefix);
    this.connected = new ConnectedTime(redis.queue);
  }

  /**
   * A page, newest first. It may hold fewer than `limit` although more follow (`next` says so) where
   * few of many records match.
   * @param after `next` of the page before
   */
  async page(wanted: Wanted, limit: number, after: string | null): Promise<Page> {
    const open = wanted.status === 'submitted' || wanted.status === 'in_progress';
    const index = open ? this.keys.openJobs() : this.keys.jobs();
    const filter = Object.entries(wanted).filter((entry): entry is [string, string] => {
      return entry[1] !== undefined;
    });
    const records: JobRecord[] = [];
    let next = after ?? '';
    for (let call = 0; call < CALLS && records.length < limit; call++) {
      const [place, ...found] = (await scripts.page.run(
        this.redis.queue,
        [index],
        [
          ...[this.keys.job(''), next === '' ? '+inf' : `(${next}`],
          ...[limit - records.length, LOOK_AT, ...filter.flat()],
        ],
      )) as [string, ...string[][]];
      records.push(...found.map(recordOf));
      next = place;
      if (next === '') break;
    }
    return { records, next: next === '' ? null : next };
  }

  /** Whether this process shall look for orphans now: one of all for each period. */
  async takesSweep(periodMs: number): Promise<boolean> {
    const key = this.keys.sweepLease();
    return (await this.redis.queue.set(key, '1', 'PX', periodMs, 'NX')) === 'OK';
  }

  /** Open jobs of which Bull knows nothing, in parts. */
  async *orphans(silent = SILENT_MS): AsyncGenerator<string[]> {
    let from = '-inf';
    do {
      const [next, ...ids] = (await scripts.orphans.run(
        this.redis.queue,
        [this.keys.openJobs()],
        [this.keys.job(''), messageKey(this.keys, ''), from, LOOK_AT, silent, this.connected.ms],
      )) as [string, ...string[]];
      yield ids;
      from = next === '' ? '' : `(${next}`;
    } while (from !== '');
  }
}
