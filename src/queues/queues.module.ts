import { Module } from '@nestjs/common';

import { QueueModule } from '../jobs/queue/queue.module.js';
import { DrainedWatch } from './drained-watch.js';
import { QueueGate } from './queue-gate.js';
import { QueueMetrics } from './queue-metrics.js';
import { QueuesService } from './queues.service.js';

/** What API and workers know of queues. */
@Module({
  imports: [QueueModule],
  providers: [QueueGate, QueuesService, QueueMetrics, DrainedWatch],
  exports: [QueueGate, QueuesService, QueueMetrics, DrainedWatch],
})
export class QueuesModule {}
