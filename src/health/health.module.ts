import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';

import { QueuesModule } from '../queues/queues.module.js';
import { HealthController } from './health.controller.js';
import { BackupAge } from './backup-age.js';
import { HttpMetrics } from './http-metrics.js';
import { RedisReadiness } from './redis-readiness.js';

@Module({
  imports: [TerminusModule.forRoot({ logger: false }), QueuesModule],
  controllers: [HealthController],
  providers: [BackupAge, HttpMetrics, RedisReadiness],
})
export class HealthModule {}
