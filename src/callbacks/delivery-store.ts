import { Inject, Injectable } from '@nestjs/common';

import { CONFIGURATION } from '../config/config.module.js';
import type { Configuration } from '../config/configuration.js';
import { RedisConnections } from '../redis/connections.js';
import { Keys } from '../redis/keys.js';
import { Script } from '../redis/script.js';

const scripts = {
  claim: new Script(new URL('./claim.lua', import.meta.url)),
  settle: new Script(new URL('./settle.lua', import.meta.url)),
};
const ATTEMPTS_KEPT = 50;

/** One attempt to report the end of a job. */
export interface Delivery {
  /** Id of the report: the same at each attempt. */
  readonly delivery: string;
  /** 1 for the first. */
  readonly attempt: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Status of the answer; null without one. */
  readonly status: number | null;
  /** What went wrong; null where nothing did. */
  readonly error: string | null;
  /** Milliseconds that it took. */
  readonly took: number;
  /** Milliseconds until the next attempt; null where there is none. */
  readonly retryIn: number | null;
}

/** Reports that are due, and what became of them. */
@Injectable()
export class DeliveryStore {
  private readonly keys: Keys;

  constructor(
    private readonly redis: RedisConnections,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {
    this.keys = new Keys(configuration.keyPrefix);
  }

  /** Jobs whose end is to be reported now, taken for `leaseMs`. */
  async claim(most: number, leaseMs: number): Promise<string[]> {
    const keys = [this.keys.callbacksDue()];
    return (await scripts.claim.run(this.redis.queue, keys, [most, leaseMs])) as string[];
  }

  async settle(job: string, delivery: Delivery): Promise<void> {
    await scripts.settle.run(
      this.redis.queue,
      [this.keys.callbacksDue(), this.keys.deliveries(job)],
      [
        job,
        delivery.retryIn ?? '',
        JSON.stringify(delivery),
        ATTEMPTS_KEPT,
        this.configuration.jobTtl,
      ],
    );
  }

  /** There is nothing to report any more. */
  async drop(job: string): Promise<void> {
    await this.redis.queue.zrem(this.keys.callbacksDue(), job);
  }

  /** Oldest first. */
  async attempts(job: string): Promise<Delivery[]> {
    const texts = await this.redis.queue.lrange(this.keys.deliveries(job), 0, -1);
    return texts.map((text) => JSON.parse(text) as Delivery);
  }
}
