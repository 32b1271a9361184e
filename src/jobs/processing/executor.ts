import { Injectable } from '@nestjs/common';
import { pathToFileURL } from 'node:url';

import type { Analysis } from '../../analyses/analysis.js';
import { AnalysisRegistry } from '../../analyses/registry.js';
import { DatasetAccess } from '../../data/dataset-access.js';
import { OperationRegistry } from '../../operations/operation-registry.js';
import type { JobRecord } from '../job.js';
import { ComputePool } from '../threads/compute-pool.js';
import { threadFile } from '../threads/thread-file.js';
import { OperationExecutor, type Execution } from './operation-executor.js';
import type { RunReporter } from './run-reporter.js';
import { untilStopped } from './until-stopped.js';

/** Progress, in percent, when the data are read and when the results are computed; the rest is keeping them. */
const READ = 30;
const COMPUTED = 95;

/**
 * Runs what a job asks for: an operation here, an analysis in its two steps, `query` here and `compute` in a
 * thread. Knows nothing of records and queues.
 */
@Injectable()
export class Executor {
  constructor(
    private readonly registry: AnalysisRegistry,
    private readonly operations: OperationRegistry,
    private readonly forOperation: OperationExecutor,
    private readonly datasets: DatasetAccess,
    private readonly pool: ComputePool,
  ) {}

  async execute(job: JobRecord, signal: AbortSignal, reporter: RunReporter): Promise<Execution> {
    const operation = this.operations.find(job.analysis);
    if (operation !== undefined) {
      return this.forOperation.execute(operation, job, signal, reporter);
    }
    const { analysis, module } = this.registry.get(job.analysis);
    const params = Object.assign(new analysis.params(), job.params);
    const begin = performance.now();
    const reading = this.read(job, analysis, params, signal, reporter);
    const { data, about } = await untilStopped(reading, signal);
    signal.throwIfAborted();
    reporter.progress(READ);
    reporter.log(`read ${about.name} ${about.version} in ${since(begin)}`);

    const computing = performance.now();
    const url = pathToFileURL(threadFile(module)).href;
    const results = await this.pool.run(
      {
        ...{ module: url, params: { ...params }, data, dataset: about },
        ...(job.wanted === null ? {} : { wanted: job.wanted }),
      },
      {
        signal,
        progress: (fraction) => {
          reporter.progress(READ + (COMPUTED - READ) * fraction);
        },
        log: (line) => {
          reporter.log(line);
        },
      },
    );
    reporter.progress(COMPUTED);
    reporter.log(`computed in ${since(computing)}`);
    return { results, version: about.version };
  }

  private read(
    job: JobRecord,
    analysis: Analysis,
    params: object,
    signal: AbortSignal,
    reporter: RunReporter,
  ) {
    return this.datasets.read(job.dataset, job.filter, signal, async (reader) => {
      reporter.reads(reader.about.version);
      return { data: await analysis.query(params, reader), about: reader.about };
    });
  }
}

const since = (begin: number): string => `${String(Math.round(performance.now() - begin))} ms`;
