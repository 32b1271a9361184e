import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';

import { CallbacksModule } from './callbacks/callbacks.module.js';
import type { Catalog } from './catalog/catalog.js';
import { ConfigModule } from './config/config.module.js';
import type { Configuration } from './config/configuration.js';
import { DataModule } from './data/data.module.js';
import { LoadsModule } from './data/datasets/loads.module.js';
import { WorkerHealthModule } from './health/worker-health.module.js';
import { AccessGuard } from './http/access.guard.js';
import { ProcessingModule } from './jobs/processing/processing.module.js';
import { QueuesModule } from './queues/queues.module.js';
import { RedisModule } from './redis/redis.module.js';
import { SchedulingModule } from './schedules/schedules.module.js';

/** A worker: the API without its routes, plus the processing of jobs, and probes on a port of its own. */
@Module({})
export class WorkerModule {
  static with(configuration: Configuration, catalog: Catalog): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        ConfigModule.with(configuration),
        RedisModule,
        DataModule.with(catalog),
        LoadsModule,
        ProcessingModule,
        QueuesModule,
        SchedulingModule,
        CallbacksModule,
        ...catalog.entries.flatMap(({ worker }) => worker ?? []),
        WorkerHealthModule,
      ],
      providers: [{ provide: APP_GUARD, useClass: AccessGuard }],
    };
  }
}
