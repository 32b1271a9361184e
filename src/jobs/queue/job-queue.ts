import { InjectQueue } from '@nestjs/bull';
import { Injectable, Logger } from '@nestjs/common';
import type { JobCounts, Queue } from 'bull';

import { within } from './deadline.js';
import { ANALYSES_QUEUE } from './queue.module.js';

/** What Bull carries: the id of a job. Everything else is in the record. */
export interface JobMessage {
  readonly id: string;
}

const DEADLINE_MS = 2_000;

/**
 * Messages in Bull's queue. Bull waits without end while Redis is away; here every call has a deadline. A
 * message that was not confirmed is no loss: the sweeper adds what is missing.
 */
@Injectable()
export class JobQueue {
  private readonly logger = new Logger(JobQueue.name);

  constructor(@InjectQueue(ANALYSES_QUEUE) private readonly queue: Queue<JobMessage>) {}

  /** Adds the message of a job, unless there is one. */
  async add(id: string): Promise<void> {
    try {
      if ((await within(DEADLINE_MS, this.queue.add({ id }, { jobId: id }))) !== 'late') return;
      this.logger.warn('queueing was not confirmed; the sweeper will see to it', { job: id });
    } catch (error) {
      this.logger.warn(`queueing failed: ${String(error)}; the sweeper will see to it`, {
        job: id,
      });
    }
  }

  /** Takes the message of a job out of the queue; one that a worker holds stays. */
  async remove(id: string): Promise<void> {
    const removing = this.queue.getJob(id).then(async (message) => message?.remove());
    // A message that stays does no harm: the worker that gets it sees that the job is finished.
    await within(DEADLINE_MS, removing).catch(() => undefined);
  }

  async counts(): Promise<JobCounts | null> {
    const counts = await within(DEADLINE_MS, this.queue.getJobCounts());
    return counts === 'late' ? null : counts;
  }
}
