import { Process, Processor } from '@nestjs/bull';
import type { Job } from 'bull';

import type { JobMessage } from '../queue/job-queue.js';
import { ANALYSES_QUEUE } from '../queue/queue-name.js';
import { HandedBack } from '../queue/backoff.js';
import type { JobMetrics } from './job-metrics.js';
import type { JobRunner } from './job-runner.js';

/**
 * The processor of Bull's queue: hands each message to the runner. Decorators are read when a class is
 * defined, but the concurrency is a setting, so the class is made once the settings are known.
 */
export function jobsProcessor(concurrency: number, runner: JobRunner, metrics: JobMetrics): object {
  @Processor(ANALYSES_QUEUE)
  class JobsProcessor {
    @Process({ concurrency })
    async work(message: Job<JobMessage>): Promise<void> {
      const end = metrics.begin();
      try {
        await runner.run(message.data, end);
      } catch (error) {
        end({ status: 'submitted' });
        // A job that was handed back has waited already: back to the head of the queue.
        if (error instanceof HandedBack) message.opts.lifo = true;
        throw error;
      }
    }
  }
  return new JobsProcessor();
}
