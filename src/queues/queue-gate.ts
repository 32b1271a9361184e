import { Inject, Injectable } from '@nestjs/common';

import { CONFIGURATION } from '../config/config.module.js';
import type { Configuration } from '../config/configuration.js';
import { RedisConnections } from '../redis/connections.js';
import { Keys } from '../redis/keys.js';

/** Why a queue takes no jobs, and since when. */
export interface Closing {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly message: string | null;
}

/** Whether a queue takes new jobs: one flag in Redis. The script that accepts a job reads it, in the same step. */
@Injectable()
export class QueueGate {
  private readonly keys: Keys;

  constructor(
    private readonly redis: RedisConnections,
    @Inject(CONFIGURATION) configuration: Configuration,
  ) {
    this.keys = new Keys(configuration.keyPrefix);
  }

  /** Null while the queue is open. */
  async closing(queue: string): Promise<Closing | null> {
    const { closed, message } = await this.redis.queue.hgetall(this.keys.queueClosed(queue));
    return closed === undefined ? null : { at: Number(closed), message: message ?? null };
  }

  /** Closing it again changes the message, not the time. */
  async close(queue: string, message: string | null): Promise<void> {
    const key = this.keys.queueClosed(queue);
    const change = this.redis.queue.multi().hsetnx(key, 'closed', Date.now());
    if (message === null) change.hdel(key, 'message');
    else change.hset(key, 'message', message);
    await change.exec();
  }

  async open(queue: string): Promise<void> {
    await this.redis.queue.del(this.keys.queueClosed(queue));
  }
}
