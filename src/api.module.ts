import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';

import { AnalysesApiModule } from './analyses/analyses-api.module.js';
import type { Catalog } from './catalog/catalog.js';
import { CallbacksApiModule } from './callbacks/callbacks.module.js';
import { CatalogModule } from './catalog/catalog.module.js';
import { ConfigModule } from './config/config.module.js';
import type { Configuration } from './config/configuration.js';
import { DataHttpModule } from './data/data-http.module.js';
import { DataModule } from './data/data.module.js';
import { HealthModule } from './health/health.module.js';
import { AccessGuard } from './http/access.guard.js';
import { QueryGuard } from './http/query.guard.js';
import { ServiceController } from './http/service.controller.js';
import { ServiceDocument } from './http/service-document.js';
import { JobsApiModule } from './jobs/jobs-api.module.js';
import { OperationsApiModule } from './operations/operations-api.module.js';
import { PicturesApiModule } from './pictures/pictures-api.module.js';
import { QueuesApiModule } from './queues/queues-api.module.js';
import { RedisModule } from './redis/redis.module.js';
import { SchedulesApiModule } from './schedules/schedules.module.js';

/** The API: datasets, jobs, analyses and probes over HTTP. */
@Module({})
export class ApiModule {
  static with(configuration: Configuration, catalog: Catalog): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        ConfigModule.with(configuration),
        RedisModule,
        DataModule.with(catalog),
        DataHttpModule,
        AnalysesApiModule,
        OperationsApiModule,
        JobsApiModule,
        PicturesApiModule,
        QueuesApiModule,
        SchedulesApiModule,
        CallbacksApiModule,
        CatalogModule.of(catalog),
        HealthModule,
      ],
      controllers: [ServiceController],
      providers: [
        ServiceDocument,
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_GUARD, useClass: QueryGuard },
      ],
    };
  }
}
