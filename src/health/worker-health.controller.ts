import { Controller, Get, Header } from '@nestjs/common';
import { HealthCheck, HealthCheckService, type HealthCheckResult } from '@nestjs/terminus';
import { Registry } from 'prom-client';

import { DataMetrics } from '../data/data-metrics.js';
import { Restricted } from '../http/access.guard.js';
import { JobMetrics } from '../jobs/processing/job-metrics.js';
import { QueueMetrics } from '../queues/queue-metrics.js';
import { RedisReadiness } from './redis-readiness.js';
import { WorkerReadiness } from './worker-readiness.js';

/** Probes and metrics of a worker, on its own port. Alive never looks at Redis. */
@Controller()
export class WorkerHealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly redis: RedisReadiness,
    private readonly readiness: WorkerReadiness,
    private readonly metrics: JobMetrics,
    private readonly data: DataMetrics,
    private readonly queues: QueueMetrics,
  ) {}

  @Get('health/live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('health/ready')
  @HealthCheck()
  ready(): Promise<HealthCheckResult> {
    return this.health.check([() => this.redis.answers(), () => this.readiness.threadsRun()]);
  }

  @Get('metrics')
  @Restricted()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  show(): Promise<string> {
    const { metrics, data, queues } = this;
    return Registry.merge([metrics.registry, data.registry, queues.registry]).metrics();
  }
}
