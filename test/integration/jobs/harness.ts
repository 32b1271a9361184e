import { Module, type INestApplicationContext, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';

import { AnalysisRegistry } from '../../../src/analyses/registry.js';
import { ConfigModule } from '../../../src/config/config.module.js';
import type { Configuration } from '../../../src/config/configuration.js';
import { DatasetAccess } from '../../../src/data/dataset-access.js';
import { JobsApiModule } from '../../../src/jobs/jobs-api.module.js';
import { ProcessingModule } from '../../../src/jobs/processing/processing.module.js';
import {
  ComputePool,
  type Computation,
  type ComputeHooks,
} from '../../../src/jobs/threads/compute-pool.js';
import type { Operation } from '../../../src/operations/operation.js';
import { QueuesModule } from '../../../src/queues/queues.module.js';
import { RedisModule } from '../../../src/redis/redis.module.js';
import type { FakeDatasets } from '../../factories/fake-datasets.js';

/** Computes in this process: for tests of everything but the threads. */
export class InlineCompute {
  readonly threads = 1;
  runs: string[] = [];
  compute: (task: Computation, hooks: ComputeHooks) => Promise<void> = () => Promise.resolve();

  constructor(private readonly registry: () => AnalysisRegistry) {}

  async run(task: Computation, hooks: ComputeHooks) {
    const name = /([^/]+)\.analysis\./.exec(task.module)?.[1] ?? '';
    this.runs.push(name);
    await this.compute(task, hooks);
    const { analysis } = this.registry().get(name);
    return analysis.compute(task.params, task.data, { dataset: task.dataset, ...hooks });
  }
}

const ignore = (): void => undefined;

export interface Part {
  readonly configuration: Configuration;
  readonly datasets: FakeDatasets;
  readonly operations?: readonly Type<Operation>[];
}

async function start(
  module: Type,
  { configuration, datasets, operations = [] }: Part,
  compute: 'threads' | ((registry: () => AnalysisRegistry) => InlineCompute),
): Promise<INestApplicationContext> {
  @Module({
    providers: [{ provide: DatasetAccess, useValue: datasets }, ...operations],
    exports: [DatasetAccess],
  })
  class FakeData {}
  const builder = Test.createTestingModule({
    imports: [
      ConfigModule.with(configuration),
      RedisModule,
      { module: FakeData, global: true },
      module,
      QueuesModule,
    ],
  }).setLogger({ log: ignore, warn: ignore, error: ignore });
  const registry = await AnalysisRegistry.load();
  if (compute !== 'threads') {
    builder.overrideProvider(ComputePool).useValue(compute(() => registry));
  }
  const app = await builder.compile();
  await app.init();
  return app;
}

/** The services of the API, without HTTP. */
export const startApi = (part: Part): Promise<INestApplicationContext> =>
  start(JobsApiModule, part, 'threads');

/** A worker in this process. */
export const startWorker = (
  part: Part,
  compute: 'threads' | ((registry: () => AnalysisRegistry) => InlineCompute),
): Promise<INestApplicationContext> => start(ProcessingModule, part, compute);
