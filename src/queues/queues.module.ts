import { Module } from '@nestjs/common';

import { QueueModule } from '../jobs/queue/queue.module.js';
import { DrainedWatch } from './drained-watch.js';
import { QueueGate } from './queue-gate.js';
import { QueuesService } from './queues.service.js';

/** What API and workers know of queues. */
@Module({
  imports: [QueueModule],
  providers: [QueueGate, QueuesService, DrainedWatch],
  exports: [QueueGate, QueuesService, DrainedWatch],
})
export class QueuesModule {}
