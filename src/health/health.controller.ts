import { Controller, Get, Header } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { HealthCheck, HealthCheckService, type HealthCheckResult } from '@nestjs/terminus';
import { Registry } from 'prom-client';

import { DataMetrics } from '../data/data-metrics.js';
import { Restricted } from '../http/access.guard.js';
import { QueueMetrics } from '../queues/queue-metrics.js';
import { BackupAge } from './backup-age.js';
import { HttpMetrics } from './http-metrics.js';
import { RedisReadiness } from './redis-readiness.js';

/** Probes and metrics of the API. Alive never looks at Redis: a restart would not bring it back. */
@ApiTags('service')
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly redis: RedisReadiness,
    private readonly metrics: HttpMetrics,
    private readonly data: DataMetrics,
    private readonly queues: QueueMetrics,
    private readonly backup: BackupAge,
  ) {}

  @Get('health/live')
  @ApiOperation({ summary: 'Whether the process runs' })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('health/ready')
  @HealthCheck()
  @ApiOperation({ summary: 'Whether requests can be served: 503 while Redis is away' })
  @ApiResponse({ status: 200, description: 'Ready' })
  @ApiResponse({ status: 503, description: 'Not ready: the parts that are down are named' })
  ready(): Promise<HealthCheckResult> {
    return this.health.check([() => this.redis.answers(), () => this.backup.said()]);
  }

  @Get('metrics')
  @Restricted()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOperation({ summary: 'Metrics in the text format of Prometheus' })
  show(): Promise<string> {
    const { metrics, data, queues } = this;
    return Registry.merge([metrics.registry, data.registry, queues.registry]).metrics();
  }
}
