import { Injectable, Logger } from '@nestjs/common';

import type { JobStatus } from '../job.js';
import { JobQueue } from '../queue/job-queue.js';
import { packed, ResultStore } from '../results/result-store.js';
import { RunStore, type Ending } from '../store/run-store.js';
import type { Execution } from './operation-executor.js';
import { persist } from './persist.js';
import type { RunReporter } from './run-reporter.js';
import type { Run } from './running-jobs.js';

/** Results up to this size go to Redis together with the end of their job. */
const SMALL_BYTES = 256 * 1024;

/** Writes how a run ended, with its last log lines. */
@Injectable()
export class RunEnder {
  private readonly logger = new Logger(RunEnder.name);

  constructor(
    private readonly store: RunStore,
    private readonly results: ResultStore,
    private readonly queue: JobQueue,
  ) {}

  /**
   * Keeps the results, then ends the job. Small results are kept in the same step, and its `end` is not waited
   * for: it goes to Redis before whatever follows on the connection of the queue, in the same write.
   * @throws Problem `result-too-large`
   */
  async complete(
    run: Run,
    reporter: RunReporter,
    { results, version }: Execution,
  ): Promise<{ readonly end: Promise<JobStatus | 'lost'> }> {
    this.results.check(results);
    const entries = packed(results, version);
    const size = Object.values(results).reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
    if (!this.results.together || size > SMALL_BYTES) {
      const kept = await persist(() => this.results.publish(run.id, results, version), run.signal);
      return { end: this.finish(run, reporter, { status: 'complete', version: kept }) };
    }
    const lines = await reporter.close();
    const ending = { status: 'complete', version, lines, results: entries } as const;
    const end = this.store.finish(run, ending, this.queue.connection);
    return { end: end.then((status) => this.noted(run, status)) };
  }

  async finish(run: Run, reporter: RunReporter, ending: Ending): Promise<JobStatus | 'lost'> {
    const lines = await reporter.close();
    const status = await persist(() => this.store.finish(run, { ...ending, lines }));
    if (status === 'cancelled') await persist(() => this.results.remove(run.id));
    return this.noted(run, status, ending.problem?.detail);
  }

  private noted(run: Run, status: JobStatus | 'lost', detail?: string): JobStatus | 'lost' {
    this.logger.log(`${status}${detail === undefined ? '' : `: ${detail}`}`, { job: run.id });
    return status;
  }
}
