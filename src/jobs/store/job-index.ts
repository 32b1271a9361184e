import { Inject, Injectable } from '@nestjs/common';

import { CONFIGURATION } from '../../config/config.module.js';
import type { Configuration } from '../../config/configuration.js';
import { RedisConnections } from '../../redis/connections.js';
import { Keys } from '../../redis/keys.js';
import type { JobRecord } from '../job.js';
import { ConnectedTime } from './connected-time.js';
import { JobScripts } from './job-scripts.js';
import { recordOf } from './record.js';

/** Records that one script call looks at, and calls for one page: what a page may cost at most. */
const LOOK_AT = 1_000;
const CALLS = 20;

/** What the jobs of a list have in common; all of it. */
export interface Wanted {
  readonly status?: string | undefined;
  readonly analysis?: string | undefined;
  readonly dataset?: string | undefined;
  readonly label?: string | undefined;
}

/** Only jobs submitted in this time: milliseconds since 1970, from (included) and until (not included). */
export interface Span {
  readonly from?: number | undefined;
  readonly until?: number | undefined;
}

export interface Page {
  readonly records: readonly JobRecord[];
  /** Where the next page starts, or null at the end. */
  readonly next: string | null;
}

/** Lists of jobs. Each condition has a list of its own; the shortest is walked, and the others are checked. */
@Injectable()
export class JobIndex {
  private readonly keys: Keys;
  private readonly connected: ConnectedTime;
  private readonly scripts: JobScripts;

  constructor(
    private readonly redis: RedisConnections,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {
    this.keys = new Keys(configuration.keyPrefix);
    this.connected = new ConnectedTime(redis.queue);
    this.scripts = new JobScripts(configuration);
  }

  /**
   * A page, newest first. It may hold fewer than `limit` although more follow (`next` says so) where
   * few of many records match.
   * @param after `next` of the page before
   */
  async page(
    wanted: Wanted,
    limit: number,
    after: string | null,
    { from, until }: Span = {},
  ): Promise<Page> {
    const conditions = Object.entries(wanted).filter((entry): entry is [string, string] => {
      return entry[1] !== undefined;
    });
    const lists = [
      this.keys.jobs(),
      ...conditions.map(([field, value]) => this.list(field, value)),
    ];
    const least = from === undefined ? '-inf' : `${String(from)}000`;
    const start = until === undefined ? '+inf' : `(${String(until)}000`;
    const records: JobRecord[] = [];
    let next = after ?? '';
    for (let call = 0; call < CALLS && records.length < limit; call++) {
      const place = next === '' ? start : `(${next}`;
      const [last, ...found] = (await this.scripts.page.run(this.redis.queue, lists, [
        ...[place, least, limit - records.length, LOOK_AT],
        ...conditions.flat(),
      ])) as [string, ...string[][]];
      records.push(...found.map(recordOf));
      next = last;
      if (next === '') break;
    }
    return { records, next: next === '' ? null : next };
  }

  /** Whether this process shall look for orphans now: one of all for each period. */
  async takesSweep(periodMs: number): Promise<boolean> {
    const key = this.keys.sweepLease();
    return (await this.redis.queue.set(key, '1', 'PX', periodMs, 'NX')) === 'OK';
  }

  /**
   * Gives a message to open jobs of which Bull knows nothing; their ids, in parts. Looks at the oldest, where the jobs
   * of workers that are gone stand, and each time at others of the rest: it costs no more where many jobs wait.
   */
  async *adoptOrphans(silent = this.configuration.crashAfter): AsyncGenerator<string[], void> {
    const place = this.keys.sweepPlace();
    const oldest = yield* this.adopt('-inf', silent);
    if (oldest === '') return;
    const last = await this.redis.queue.get(place);
    const next = yield* this.adopt(
      Number(last) > Number(oldest) ? `(${last ?? ''}` : `(${oldest}`,
      silent,
    );
    await this.redis.queue.set(place, next);
  }

  /** @returns the score after which to go on, or '' at the end */
  private async *adopt(from: string, silent: number): AsyncGenerator<string[], string> {
    const args = [from, LOOK_AT, silent, this.connected.ms];
    const [next, ...ids] = (await this.scripts.orphans.run(this.redis.queue, [], args)) as [
      string,
      ...string[],
    ];
    yield ids;
    return next;
  }

  private list(field: string, value: string): string {
    const open = field === 'status' && (value === 'submitted' || value === 'in_progress');
    return open ? this.keys.openJobs() : this.keys.jobList(field, value);
  }
}
