import { randomUUID } from 'node:crypto';

import { Injectable, Logger } from '@nestjs/common';

import type { JobRecord, JobStatus } from '../job.js';
import { ResultStore } from '../results/result-store.js';
import { RunStore, type Ending, type NoRun } from '../store/run-store.js';
import { Executor } from './executor.js';
import type { Execution } from './operation-executor.js';
import { persist } from './persist.js';
import { RunReporter } from './run-reporter.js';
import { Run, RunningJobs } from './running-jobs.js';
import { verdictOn } from './verdict.js';

/** How a run ended; `lost` and the reasons for no run at all mean that this worker has nothing to do. */
export interface RunOutcome {
  readonly status: JobStatus | NoRun | 'lost';
  readonly analysis?: string;
}

/**
 * One run of one job, from taking the record to its end. The processor calls it with the id that Bull handed
 * out. It never trusts Bull: the record says whether there is something to run.
 */
@Injectable()
export class JobRunner {
  private readonly logger = new Logger(JobRunner.name);

  constructor(
    private readonly store: RunStore,
    private readonly results: ResultStore,
    private readonly executor: Executor,
    private readonly running: RunningJobs,
  ) {}

  /** @throws the error which tells Bull to offer the job again */
  async run(id: string): Promise<RunOutcome> {
    const run = new Run(id, randomUUID());
    const start = await this.store.start(run);
    if (start.outcome !== 'run') {
      this.logger.log(`nothing to run: ${start.outcome}`, { job: id });
      return { status: start.outcome };
    }
    const { record } = start;
    this.running.add(run);
    const reporter = new RunReporter(this.store, run);
    reporter.log(`run ${String(record.attempts)} of ${record.analysis} begins`);
    try {
      return { status: await this.attempt(run, record, reporter), analysis: record.analysis };
    } finally {
      this.running.remove(run);
      await reporter.end();
    }
  }

  private async attempt(
    run: Run,
    record: JobRecord,
    reporter: RunReporter,
  ): Promise<JobStatus | 'lost'> {
    try {
      const { results, version } = await this.execute(run, record, reporter);
      const kept = await persist(() => this.results.publish(run.id, results, version), run.signal);
      return await this.finish(run, reporter, { status: 'complete', version: kept });
    } catch (error) {
      return await this.giveUp(run, record, reporter, error);
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
        return this.finish(run, reporter, verdict.ending);
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

  private async finish(
    run: Run,
    reporter: RunReporter,
    ending: Ending,
  ): Promise<JobStatus | 'lost'> {
    await reporter.end();
    const status = await persist(() => this.store.finish(run, ending));
    if (status === 'cancelled') await persist(() => this.results.remove(run.id));
    this.logger.log(`${status}${ending.problem ? `: ${ending.problem.detail}` : ''}`, {
      job: run.id,
    });
    return status;
  }
}
