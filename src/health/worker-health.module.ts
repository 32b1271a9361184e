import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';

import { ProcessingModule } from '../jobs/processing/processing.module.js';
import { QueuesModule } from '../queues/queues.module.js';
import { RedisReadiness } from './redis-readiness.js';
import { WorkerHealthController } from './worker-health.controller.js';
import { WorkerReadiness } from './worker-readiness.js';

/** What a worker serves on its own port: /health/live, /health/ready and /metrics. */
@Module({
  imports: [TerminusModule.forRoot({ logger: false }), ProcessingModule, QueuesModule],
  controllers: [WorkerHealthController],
  providers: [RedisReadiness, WorkerReadiness],
})
export class WorkerHealthModule {}
