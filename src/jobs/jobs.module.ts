import { Module } from '@nestjs/common';

import { QueueModule } from './queue/queue.module.js';
import { JobQueue } from './queue/job-queue.js';
import { ResultStore } from './results/result-store.js';
import { JobIndex } from './store/job-index.js';
import { JobStore } from './store/job-store.js';
import { RunStore } from './store/run-store.js';

/** Records, queue and results: what the API and the workers share. */
@Module({
  imports: [QueueModule],
  providers: [JobQueue, JobStore, RunStore, JobIndex, ResultStore],
  exports: [QueueModule, JobQueue, JobStore, RunStore, JobIndex, ResultStore],
})
export class JobsModule {}
