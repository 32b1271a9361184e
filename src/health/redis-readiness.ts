import { Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';

import { RedisConnections } from '../redis/connections.js';

/**
 * Whether the three stores in Redis answer and every connection to them is back. The connections for large values
 * are not asked: the answer would wait for what is on its way.
 */
@Injectable()
export class RedisReadiness {
  constructor(
    private readonly redis: RedisConnections,
    private readonly indicators: HealthIndicatorService,
  ) {}

  async answers(): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check('redis');
    const { data, queue, results } = this.redis;
    try {
      await Promise.all([data.ping(), queue.ping(), results.ping()]);
      const isBack = this.redis.all.every(({ status }) => status === 'ready');
      return isBack ? indicator.up() : indicator.down({ message: 'a connection is not back yet' });
    } catch (error) {
      return indicator.down({ message: (error as Error).message });
    }
  }
}
