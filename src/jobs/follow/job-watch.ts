import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';

import { CONFIGURATION } from '../../config/config.module.js';
import type { Configuration } from '../../config/configuration.js';
import { RedisConnections } from '../../redis/connections.js';
import { Keys } from '../../redis/keys.js';

/** Looks at what is watched even if nothing was heard: a message can be lost while Redis restarts. */
const LOOK_MS = 5_000;

/**
 * Tells those who watch a job that something about it has changed. However many watch one job, there is one
 * subscription.
 */
@Injectable()
export class JobWatch implements OnModuleInit, OnApplicationShutdown {
  private readonly keys: Keys;
  private readonly watchers = new Map<string, Set<() => void>>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly redis: RedisConnections,
    @Inject(CONFIGURATION) { keyPrefix }: Configuration,
  ) {
    this.keys = new Keys(keyPrefix);
  }

  onModuleInit(): void {
    this.redis.events.on('message', (channel) => {
      for (const tell of this.watchers.get(channel) ?? []) tell();
    });
    this.redis.events.on('ready', () => {
      this.tellAll();
    });
    this.timer = setInterval(() => {
      this.tellAll();
    }, LOOK_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
    this.tellAll();
  }

  /** How many watch a job now. */
  get count(): number {
    return [...this.watchers.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** @returns ends the watching */
  watch(job: string, tell: () => void): () => void {
    const channel = this.keys.jobChannel(job);
    const known = this.watchers.get(channel);
    if (known === undefined) {
      this.watchers.set(channel, new Set([tell]));
      // While Redis is away this waits; the client subscribes again by itself after that.
      this.redis.events.subscribe(channel).catch(() => undefined);
    } else {
      known.add(tell);
    }
    return () => {
      const left = this.watchers.get(channel);
      if (left?.delete(tell) !== true || left.size > 0) return;
      this.watchers.delete(channel);
      this.redis.events.unsubscribe(channel).catch(() => undefined);
    };
  }

  private tellAll(): void {
    for (const those of this.watchers.values()) for (const tell of those) tell();
  }
}
