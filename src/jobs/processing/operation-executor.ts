import { Injectable } from '@nestjs/common';

import type { Results } from '../../analyses/analysis.js';
import type { Operation } from '../../operations/operation.js';
import type { JobRecord } from '../job.js';
import type { RunReporter } from './run-reporter.js';
import { untilStopped } from './until-stopped.js';

/** What a run gave. */
export interface Execution {
  readonly results: Results;
  /** Of the dataset that was read or made; '' where there is none. */
  readonly version: string;
}

/** Progress in percent when the work is done; the rest is keeping the results. */
const DONE = 95;
const PATIENCE_MS = 5_000;

/** Runs an operation in this process. */
@Injectable()
export class OperationExecutor {
  async execute(
    operation: Operation,
    job: JobRecord,
    signal: AbortSignal,
    reporter: RunReporter,
  ): Promise<Execution> {
    const params = Object.assign(new operation.params(), job.params);
    const work = operation.run(params, {
      job: job.id,
      dataset: job.dataset === '' ? null : job.dataset,
      attempt: job.attempts,
      signal,
      progress: (fraction) => {
        reporter.progress(DONE * fraction);
      },
      log: (line) => {
        reporter.log(line);
      },
    });
    const { results, version } = await untilStopped(work, signal, PATIENCE_MS);
    return { results, version: version ?? '' };
  }
}
