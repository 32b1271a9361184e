import { Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';

import { RedisConnections } from '../redis/connections.js';

/** Whether the three stores in Redis answer. */
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
      return indicator.up();
    } catch (error) {
      return indicator.down({ message: (error as Error).message });
    }
  }
}
