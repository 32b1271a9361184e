import {
  Global,
  Inject,
  Logger,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';

import { Catalog } from '../catalog/catalog.js';
import { CONFIGURATION } from '../config/config.module.js';
import type { Configuration } from '../config/configuration.js';
import { RedisConnections } from '../redis/connections.js';
import { Keys } from '../redis/keys.js';
import { DataMetrics } from './data-metrics.js';
import { DatasetAccess } from './dataset-access.js';
import { DatasetAccessService } from './dataset-access.service.js';
import { QueryEngine } from './engine/query-engine.js';
import { BackgroundReads } from './records/background-reads.js';
import { HeldRecords } from './records/held-records.js';
import { RecordReader } from './records/record-reader.js';
import { GenerationCache } from './replica/generation-cache.js';
import { PastReplicas } from './replica/past-replicas.js';
import { Replicas } from './replica/replicas.js';
import { VersionTags } from './versions/version-tags.js';
import { RedisRun } from './replica/redis-run.js';
import { waysIn } from './sources/catalog-source.js';
import { DatasetStore } from './store/dataset-store.js';
import { EditLog } from './store/edit-log.js';
import { GenerationStore } from './store/generation-store.js';
import { KeptLoads } from './store/kept-loads.js';

/** Reading datasets: what the API and the workers share. Its providers serve controllers and jobs. */
@Global()
@Module({
  providers: [
    {
      provide: Keys,
      inject: [CONFIGURATION],
      useFactory: ({ keyPrefix }: Configuration) => new Keys(keyPrefix),
    },
    {
      provide: DatasetStore,
      inject: [RedisConnections, Keys, Catalog],
      useFactory: ({ data }: RedisConnections, keys: Keys, catalog: Catalog) =>
        new DatasetStore(data, keys, (name) => waysIn(catalog.find(name))),
    },
    {
      provide: GenerationStore,
      inject: [RedisConnections, Keys],
      useFactory: ({ bulk }: RedisConnections, keys: Keys) => new GenerationStore(bulk, keys),
    },
    {
      provide: KeptLoads,
      inject: [RedisConnections, Keys],
      useFactory: ({ data }: RedisConnections, keys: Keys) => new KeptLoads(data, keys),
    },
    {
      provide: EditLog,
      inject: [RedisConnections, Keys],
      useFactory: ({ data }: RedisConnections, keys: Keys) => new EditLog(data, keys),
    },
    {
      provide: GenerationCache,
      inject: [CONFIGURATION],
      useFactory: async ({ dataDir, cacheBytes }: Configuration) => {
        const cache = new GenerationCache(dataDir, cacheBytes);
        await cache.open();
        return cache;
      },
    },
    DataMetrics,
    {
      provide: QueryEngine,
      inject: [CONFIGURATION, GenerationCache, DataMetrics],
      useFactory: (configuration: Configuration, cache: GenerationCache, metrics: DataMetrics) =>
        QueryEngine.open({
          threads: configuration.duckdbThreads,
          memoryBytes: configuration.duckdbMemory,
          folder: cache.folder,
          queryTimeoutMs: configuration.queryTimeout,
          onQuery: (milliseconds, outcome) => {
            metrics.query(milliseconds, outcome);
          },
        }),
    },
    {
      provide: PastReplicas,
      inject: [QueryEngine, GenerationCache, DatasetStore, GenerationStore, KeptLoads, EditLog],
      useFactory: (
        ...parts: [QueryEngine, GenerationCache, DatasetStore, GenerationStore, KeptLoads, EditLog]
      ) => new PastReplicas(...parts),
    },
    {
      provide: Replicas,
      inject: [QueryEngine, GenerationCache, DatasetStore, GenerationStore, EditLog, PastReplicas],
      useFactory: (
        ...parts: [
          QueryEngine,
          GenerationCache,
          DatasetStore,
          GenerationStore,
          EditLog,
          PastReplicas,
        ]
      ) => new Replicas(...parts),
    },
    {
      provide: BackgroundReads,
      useFactory: () => {
        const logger = new Logger('Data');
        return new BackgroundReads((dataset, error) => {
          logger.warn({ err: error }, `"${dataset}" is not held in memory`);
        });
      },
    },
    {
      provide: HeldRecords,
      inject: [BackgroundReads],
      useFactory: (reads: BackgroundReads) => new HeldRecords(reads),
    },
    {
      provide: RecordReader,
      inject: [DatasetStore, EditLog, Replicas, HeldRecords],
      useFactory: (...parts: [DatasetStore, EditLog, Replicas, HeldRecords]) =>
        new RecordReader(...parts),
    },
    {
      provide: RedisRun,
      inject: [RedisConnections],
      useFactory: ({ data }: RedisConnections) => new RedisRun(data),
    },
    {
      provide: VersionTags,
      inject: [DatasetStore, KeptLoads, Replicas, RedisRun],
      useFactory: (...parts: [DatasetStore, KeptLoads, Replicas, RedisRun]) =>
        new VersionTags(...parts),
    },
    { provide: DatasetAccess, useClass: DatasetAccessService },
  ],
  exports: [
    DataMetrics,
    QueryEngine,
    Keys,
    DatasetStore,
    GenerationStore,
    EditLog,
    KeptLoads,
    GenerationCache,
    Replicas,
    VersionTags,
    BackgroundReads,
    RecordReader,
    DatasetAccess,
  ],
})
export class DataModule implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('Data');

  constructor(
    @Inject(RedisRun) private readonly run: RedisRun,
    @Inject(Replicas) private readonly replicas: Replicas,
    @Inject(RecordReader) private readonly reader: RecordReader,
    @Inject(DataMetrics) private readonly metrics: DataMetrics,
    @Inject(QueryEngine) private readonly engine: QueryEngine,
    @Inject(GenerationCache) private readonly cache: GenerationCache,
  ) {}

  static with(catalog: Catalog): DynamicModule {
    return {
      module: DataModule,
      providers: [{ provide: Catalog, useValue: catalog }],
      exports: [Catalog],
    };
  }

  onModuleInit(): void {
    this.metrics.watch(this.replicas);
    this.run.watch(
      () => {
        this.logger.warn('Redis was restarted: the replicas of this process are made anew');
        this.replicas.clear();
        this.reader.clear();
      },
      (error) => {
        this.logger.warn(`the run of Redis is unknown: ${error.message}`);
      },
    );
  }

  async onApplicationShutdown(): Promise<void> {
    this.engine.close();
    await this.cache.close();
  }
}
