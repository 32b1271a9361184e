import { Logger, Module } from '@nestjs/common';
import { pathToFileURL } from 'node:url';

import { AnalysesModule } from '../../analyses/analyses.module.js';
import { AnalysisRegistry } from '../../analyses/registry.js';
import { CONFIGURATION } from '../../config/config.module.js';
import type { Configuration } from '../../config/configuration.js';
import { OperationsModule } from '../../operations/operations.module.js';
import { JobsModule } from '../jobs.module.js';
import { ComputePool } from '../threads/compute-pool.js';
import { computeEntry, threadFile } from '../threads/thread-file.js';
import { CancelListener } from './cancel-listener.js';
import { Executor } from './executor.js';
import { GracefulStop } from './graceful-stop.js';
import { JobMetrics } from './job-metrics.js';
import { JobRunner } from './job-runner.js';
import { jobsProcessor } from './jobs.processor.js';
import { OperationExecutor } from './operation-executor.js';
import { RunEnder } from './run-ender.js';
import { RunningJobs } from './running-jobs.js';
import { StartWithMessage } from './start-with-message.js';
import { Sweeper } from './sweeper.js';
import { WorkerPresence } from './worker-presence.js';

/** Token of the processor; `@nestjs/bull` finds it among the providers. */
export const JOBS_PROCESSOR = Symbol('jobs processor');

function computePool(registry: AnalysisRegistry, configuration: Configuration): ComputePool {
  const logger = new Logger(ComputePool.name);
  return new ComputePool({
    entry: computeEntry(),
    warm: registry.all().map(({ module }) => pathToFileURL(threadFile(module)).href),
    maxTasks: configuration.workerConcurrency,
    onError: (error) => {
      logger.error(String(error));
    },
  });
}

/** What makes a process a worker: it takes jobs from the queue and runs them. */
@Module({
  imports: [JobsModule, AnalysesModule, OperationsModule],
  providers: [
    { provide: ComputePool, inject: [AnalysisRegistry, CONFIGURATION], useFactory: computePool },
    {
      provide: JOBS_PROCESSOR,
      inject: [CONFIGURATION, JobRunner, JobMetrics, StartWithMessage],
      useFactory: (configuration: Configuration, runner: JobRunner, metrics: JobMetrics) =>
        jobsProcessor(configuration.workerConcurrency, runner, metrics),
    },
    RunningJobs,
    CancelListener,
    Executor,
    OperationExecutor,
    StartWithMessage,
    JobRunner,
    RunEnder,
    JobMetrics,
    WorkerPresence,
    Sweeper,
    GracefulStop,
  ],
  exports: [ComputePool, JobMetrics],
})
export class ProcessingModule {}
