import { Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';

import { ComputePool } from '../jobs/threads/compute-pool.js';

/** Whether a worker has a thread to compute in. */
@Injectable()
export class WorkerReadiness {
  constructor(
    private readonly pool: ComputePool,
    private readonly indicators: HealthIndicatorService,
  ) {}

  threadsRun(): HealthIndicatorResult {
    const indicator = this.indicators.check('threads');
    const { threads } = this.pool;
    return threads > 0 ? indicator.up({ threads }) : indicator.down({ threads });
  }
}
