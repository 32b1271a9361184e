import { hostname } from 'node:os';

import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';

import { CONFIGURATION } from '../../config/config.module.js';
import type { Configuration } from '../../config/configuration.js';
import { RedisConnections } from '../../redis/connections.js';
import { Keys } from '../../redis/keys.js';

const SIGN_MS = 2_000;
const GONE_MS = 10_000;

/** Tells that this worker lives and how many jobs it runs at a time, from which waiting times are estimated. */
@Injectable()
export class WorkerPresence implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly key: string;
  private readonly member: string;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly redis: RedisConnections,
    @Inject(CONFIGURATION) { keyPrefix, workerConcurrency }: Configuration,
  ) {
    this.key = new Keys(keyPrefix).workers();
    this.member = `${hostname()}:${String(process.pid)} ${String(workerConcurrency)}`;
  }

  onApplicationBootstrap(): void {
    void this.sign();
    this.timer = setInterval(() => void this.sign(), SIGN_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.redis.queue.zrem(this.key, this.member).catch(() => undefined);
  }

  /** While Redis is away nobody could read it. */
  private async sign(): Promise<void> {
    const now = Date.now();
    await this.redis.queue
      .pipeline()
      .zadd(this.key, now, this.member)
      .zremrangebyscore(this.key, '-inf', now - GONE_MS)
      .exec()
      .catch(() => undefined);
  }
}
