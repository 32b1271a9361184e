import { setTimeout as sleep } from 'node:timers/promises';

import { Injectable } from '@nestjs/common';

import { isFinished, type JobRecord, type Requester } from './job.js';
import { JobQueue } from './queue/job-queue.js';
import { ResultStore } from './results/result-store.js';
import { JobStore } from './store/job-store.js';

const WAIT_MS = 2_000;
const LOOK_AGAIN_MS = 25;

/** Cancelling and removing jobs. */
@Injectable()
export class JobControlService {
  constructor(
    private readonly store: JobStore,
    private readonly queue: JobQueue,
    private readonly results: ResultStore,
  ) {}

  /**
   * Cancels a job, whether it waits or runs, in whichever process. Waits a little for one that runs to stop;
   * the record that is returned tells whether it has.
   * @throws Problem `unknown-job`, `job-finished`
   */
  async cancel(id: string, requester: Requester): Promise<JobRecord> {
    const message = await this.store.cancel(id, requester);
    if (message !== null) await this.queue.remove(message);
    const end = performance.now() + WAIT_MS;
    for (;;) {
      const record = await this.store.find(id);
      if (isFinished(record.status) || performance.now() > end) return record;
      await sleep(LOOK_AGAIN_MS);
    }
  }

  /**
   * Removes a finished job with all that belongs to it.
   * @throws Problem `unknown-job`, `job-not-finished`
   */
  async remove(id: string): Promise<void> {
    const results = await this.store.remove(id);
    // Should this end in between, they go by their age.
    if (results !== null) await this.results.remove(results);
  }

  /**
   * Lets a failed job wait for a run again.
   * @throws Problem `unknown-job`, `job-not-failed`
   */
  async retry(id: string): Promise<JobRecord> {
    return this.store.retry(id);
  }
}
