import { randomUUID } from 'node:crypto';

import { Injectable, Logger } from '@nestjs/common';

import type { JobRecord, JobStatus } from '../job.js';
import type { JobMessage } from '../queue/job-queue.js';
import { RunStore, startOf, type NoRun, type Start } from '../store/run-store.js';
import { Executor } from './executor.js';
import type { Execution } from './operation-executor.js';
import { persist } from './persist.js';
import { RunEnder } from './run-ender.js';
import { RunReporter } from './run-reporter.js';
import { Run, RunningJobs } from './running-jobs.js';
import { verdictOn } from './verdict.js';

/** How a run ended; `lost` and the reasons for no run at all mean that this worker has nothing to do. */
export interface RunOutcome {
  readonly status: JobStatus | NoRun | 'lost';
  readonly analysis?: string;
}

/**
 * One run of one job, from taking the record to its end. The processor calls it with the message that Bull
 * handed out. It never trusts Bull: the record says whether there is something to run.
 */
@Injectable()
export class JobRunner {
  private readonly logger = new Logger(JobRunner.name);

  constructor(
    private readonly store: RunStore,
    private readonly executor: Executor,
    private readonly ender: RunEnder,
    private readonly running: RunningJobs,
  ) {}

  /**
   * Resolves when the message is done with; `ended` is told the outcome once that is written.
   * @throws the error which tells Bull to offer the job again
   */
  async run(message: JobMessage, ended: (outcome: RunOutcome) => void): Promise<void> {
    const start = await this.start(message);
    if (start.outcome !== 'run') {
      this.logger.log(`nothing to run: ${start.outcome}`, { job: message.id });
      ended({ status: start.outcome });
      return;
    }
    const { record, token } = start;
    const run = new Run(message.id, token);
    const reporter = new RunReporter(this.store, run);
    this.running.add(run);
    reporter.log(`run ${String(record.attempts)} of ${record.analysis} begins`);
    try {
      await this.attempt(run, record, reporter, (status) => {
        this.running.remove(run);
        ended({ status, analysis: record.analysis });
      });
    } catch (error) {
      this.running.remove(run);
      await reporter.end();
      throw error;
    }
  }

  private async start({ id, start }: JobMessage): Promise<Start> {
    if (start === undefined || start[0] === 'ask') {
      return this.store.start({ id, token: randomUUID() });
    }
    return startOf(start);
  }

  private async attempt(
    run: Run,
    record: JobRecord,
    reporter: RunReporter,
    ended: (status: JobStatus | 'lost') => void,
  ): Promise<void> {
    try {
      const execution = await this.execute(run, record, reporter);
      const { end } = await this.ender.complete(run, reporter, execution);
      // Its end is on its way; Bull's own goes out with it. Should it fail, the sweeper finds the job.
      void end
        .catch((error: unknown) => this.giveUp(run, record, reporter, error))
        .catch((error: unknown) => {
          this.complain(run, error);
          return 'lost' as const;
        })
        .then(ended);
    } catch (error) {
      ended(await this.giveUp(run, record, reporter, error));
    }
  }

  /** The time limit is for the work; keeping its results may have to wait for Redis. */
  private async execute(run: Run, record: JobRecord, reporter: RunReporter): Promise<Execution> {
    const clock = setTimeout(() => {
      run.stop('timeout');
    }, record.timeout);
    try {
      return await this.executor.execute(record, run.signal, reporter);
    } finally {
      clearTimeout(clock);
    }
  }

  private async giveUp(
    run: Run,
    record: JobRecord,
    reporter: RunReporter,
    error: unknown,
  ): Promise<JobStatus | 'lost'> {
    const verdict = verdictOn(error, run.stopped, record);
    switch (verdict.kind) {
      case 'lost':
        return 'lost';
      case 'end':
        reporter.log(verdict.ending.problem?.detail ?? verdict.ending.status);
        if (verdict.ending.problem?.code === 'internal') this.complain(run, error);
        return this.ender.finish(run, reporter, verdict.ending);
      case 'again':
        this.complain(run, error);
        reporter.log(`waits for another run: ${verdict.error.message}`);
        await reporter.end();
        await persist(() => this.store.handBack(run, verdict.faults), run.signal);
        throw verdict.error;
    }
  }

  private complain(run: Run, error: unknown): void {
    const text = error instanceof Error ? error.stack : String(error);
    this.logger.warn(`run stopped: ${text ?? ''}`, { job: run.id });
  }
}
