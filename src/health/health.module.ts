import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';

import { HealthController } from './health.controller.js';
import { HttpMetrics } from './http-metrics.js';
import { RedisReadiness } from './redis-readiness.js';

@Module({
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController],
  providers: [HttpMetrics, RedisReadiness],
})
export class HealthModule {}
