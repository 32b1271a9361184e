import { Inject, Injectable } from '@nestjs/common';

import { CONFIGURATION } from '../../config/config.module.js';
import type { Configuration } from '../../config/configuration.js';
import { RedisConnections } from '../../redis/connections.js';
import { Keys } from '../../redis/keys.js';
import { isFinished, workOf, type JobRecord } from '../job.js';
import { ANALYSES_QUEUE } from '../queue/queue-name.js';
import { estimate, type Durations } from './estimate.js';

/** What is ahead of a job. */
export interface Outlook {
  /** 1: it is the next; null where it does not wait in the queue. */
  readonly position: number | null;
  /** Milliseconds since 1970; null where nothing is known. */
  readonly start: number | null;
  readonly finish: number | null;
}

const NOTHING: Outlook = { position: null, start: null, finish: null };

/** The place of a job in the queue, and when it will probably start and finish, from runs that are over. */
@Injectable()
export class OutlookService {
  private readonly keys: Keys;

  constructor(
    private readonly redis: RedisConnections,
    @Inject(CONFIGURATION) { keyPrefix }: Configuration,
  ) {
    this.keys = new Keys(keyPrefix);
  }

  async of(job: JobRecord): Promise<Outlook> {
    if (isFinished(job.status)) return NOTHING;
    const waits = job.status === 'submitted';
    const [position, durations, places, paused] = await Promise.all([
      waits ? this.position(workOf(job)) : null,
      this.durations(),
      this.places(),
      waits ? this.paused() : false,
    ]);
    // Nobody knows when a queue will go on.
    if (paused) return { ...NOTHING, position };
    return { position, ...estimate(job, position, durations, places, Date.now()) };
  }

  /** Bull takes messages from the end of the list; those of a paused queue stand in another. */
  private async position(id: string): Promise<number | null> {
    for (const list of ['wait', 'paused']) {
      const key = `${this.keys.bull()}:${ANALYSES_QUEUE}:${list}`;
      const [index, length] = await Promise.all([
        this.redis.queue.lpos(key, id, 'RANK', -1),
        this.redis.queue.llen(key),
      ]);
      if (typeof index === 'number') return Math.max(1, length - index);
    }
    return null;
  }

  private async paused(): Promise<boolean> {
    const key = `${this.keys.bull()}:${ANALYSES_QUEUE}:meta-paused`;
    return (await this.redis.queue.exists(key)) === 1;
  }

  private async durations(): Promise<Durations> {
    const found = Object.entries(await this.redis.queue.hgetall(this.keys.durations()));
    return new Map(
      found.map(([analysis, text]) => {
        const [mean = 0, count = 0] = text.split(' ').map(Number);
        return [analysis, { mean, count }];
      }),
    );
  }

  /** Jobs that all workers together run at a time. */
  private async places(): Promise<number> {
    const workers = await this.redis.queue.zrange(this.keys.workers(), '0', '-1');
    return workers.reduce((sum, member) => sum + Number(member.split(' ')[1] ?? 0), 0);
  }
}
