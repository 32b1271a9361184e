import { Inject, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';

import { JobsApiModule } from '../jobs/jobs-api.module.js';
import { RedisConnections } from '../redis/connections.js';
import { Keys } from '../redis/keys.js';
import { CompactionService } from './compaction/compaction.service.js';
import { Compactor } from './compaction/compactor.js';
import { DatasetsController } from './datasets/datasets.controller.js';
import { LoadsController } from './datasets/loads.controller.js';
import { LoadsModule } from './datasets/loads.module.js';
import { LoadsService } from './datasets/loads.service.js';
import { DatasetsService } from './datasets/datasets.service.js';
import { QueryEngine } from './engine/query-engine.js';
import { ExportModule } from './export/export.module.js';
import { Loader } from './load/loader.js';
import { AggregatesController } from './records/aggregates.controller.js';
import { AggregatesService } from './records/aggregates.service.js';
import { BackgroundReads } from './records/background-reads.js';
import { RecordEditor } from './records/record-editor.js';
import { FilterDeleter } from './records/filter-deleter.js';
import { ListEditor } from './records/list-editor.js';
import { RecordListsController } from './records/record-lists.controller.js';
import { RecordReader } from './records/record-reader.js';
import { HeldColumns } from './records/held-columns.js';
import { RecordTexts } from './records/record-texts.js';
import { RecordController } from './records/record.controller.js';
import { RecordsController } from './records/records.controller.js';
import { RecordsService } from './records/records.service.js';
import { GenerationCache } from './replica/generation-cache.js';
import { Replicas } from './replica/replicas.js';
import { Reload } from './sources/reload.js';
import { SourcesController } from './sources/sources.controller.js';
import { SourcesService } from './sources/sources.service.js';
import { CompactionStore } from './store/compaction-store.js';
import { EditLog } from './store/edit-log.js';
import { GenerationStore } from './store/generation-store.js';
import { VersionsModule } from './versions/versions.module.js';

/** Datasets over HTTP: loading, reading and editing. Only the API has it. */
@Module({
  imports: [LoadsModule, JobsApiModule, ExportModule, VersionsModule],
  controllers: [
    DatasetsController,
    LoadsController,
    SourcesController,
    RecordsController,
    RecordListsController,
    AggregatesController,
    RecordController,
  ],
  exports: [
    ...[DatasetsService, RecordsService, LoadsService, SourcesService, FilterDeleter, Reload],
    ExportModule,
  ],
  providers: [
    DatasetsService,
    LoadsService,
    SourcesService,
    Reload,
    RecordsService,
    AggregatesService,
    {
      provide: RecordTexts,
      inject: [BackgroundReads],
      useFactory: (reads: BackgroundReads) => new RecordTexts(reads),
    },
    {
      provide: HeldColumns,
      inject: [BackgroundReads],
      useFactory: (reads: BackgroundReads) => new HeldColumns(reads),
    },
    CompactionService,
    {
      provide: Compactor,
      inject: [QueryEngine, GenerationCache, Replicas, GenerationStore, RedisConnections, Keys],
      useFactory: (
        engine: QueryEngine,
        cache: GenerationCache,
        replicas: Replicas,
        generations: GenerationStore,
        { bulk }: RedisConnections,
        keys: Keys,
      ) => new Compactor(engine, cache, replicas, generations, new CompactionStore(bulk, keys)),
    },
    {
      provide: RecordEditor,
      inject: [RecordReader, EditLog],
      useFactory: (...parts: [RecordReader, EditLog]) => new RecordEditor(...parts),
    },
    {
      provide: ListEditor,
      inject: [RecordReader, Replicas, EditLog],
      useFactory: (...parts: [RecordReader, Replicas, EditLog]) => new ListEditor(...parts),
    },
    {
      provide: FilterDeleter,
      inject: [Replicas, EditLog, Compactor],
      useFactory: (...parts: [Replicas, EditLog, Compactor]) => new FilterDeleter(...parts),
    },
  ],
})
export class DataHttpModule implements OnModuleInit, OnApplicationShutdown {
  constructor(@Inject(Loader) private readonly loader: Loader) {}

  onModuleInit(): void {
    this.loader.warm();
  }

  onApplicationShutdown(): void {
    this.loader.close();
  }
}
