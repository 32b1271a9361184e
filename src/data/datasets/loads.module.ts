import { Module } from '@nestjs/common';

import { Catalog } from '../../catalog/catalog.js';
import { CONFIGURATION } from '../../config/config.module.js';
import type { Configuration } from '../../config/configuration.js';
import { RedisConnections } from '../../redis/connections.js';
import { Keys } from '../../redis/keys.js';
import { Loader } from '../load/loader.js';
import { GenerationCache } from '../replica/generation-cache.js';
import { LoadSourceOperation } from '../sources/load-source.operation.js';
import { DatasetStore } from '../store/dataset-store.js';
import { GenerationStore } from '../store/generation-store.js';
import { sourceOf } from '../sources/catalog-source.js';
import { RejectStore } from '../store/reject-store.js';
import { SourceStore } from '../store/source-store.js';
import { UploadStore } from '../store/upload-store.js';
import { KeepingModule } from '../versions/keeping.module.js';
import { LoadKeeping } from '../versions/load-keeping.js';
import { DatasetLoads } from './dataset-loads.js';
import { LoadUploadOperation } from './load-upload.operation.js';
import { UploadReceiver } from './upload-receiver.js';

type LoadParts = ConstructorParameters<typeof DatasetLoads>;

/** Loading datasets: what the API does at once, and the workers as jobs. */
@Module({
  imports: [KeepingModule],
  providers: [
    {
      provide: Loader,
      inject: [CONFIGURATION, GenerationCache],
      useFactory: (configuration: Configuration, cache: GenerationCache) => {
        const { loadTimeout, duckdbThreads: threads, duckdbMemory: memoryBytes } = configuration;
        const rehearsal = () => ({ folder: cache.newFile('.rehearsal'), threads, memoryBytes });
        return new Loader(loadTimeout, rehearsal);
      },
    },
    {
      provide: RejectStore,
      inject: [RedisConnections, Keys],
      useFactory: ({ data }: RedisConnections, keys: Keys) => new RejectStore(data, keys),
    },
    {
      provide: SourceStore,
      inject: [RedisConnections, Keys, Catalog],
      useFactory: ({ data }: RedisConnections, keys: Keys, catalog: Catalog) =>
        new SourceStore(data, keys, (name) => sourceOf(catalog.find(name))),
    },
    {
      provide: UploadStore,
      inject: [GenerationStore],
      useFactory: (generations: GenerationStore) => new UploadStore(generations),
    },
    {
      provide: UploadReceiver,
      inject: [CONFIGURATION, GenerationCache],
      useFactory: (...parts: [Configuration, GenerationCache]) => new UploadReceiver(...parts),
    },
    {
      provide: DatasetLoads,
      inject: [
        ...[CONFIGURATION, Catalog, Loader, GenerationCache],
        ...[DatasetStore, GenerationStore, RejectStore, LoadKeeping],
      ],
      useFactory: (...parts: LoadParts) => new DatasetLoads(...parts),
    },
    LoadUploadOperation,
    LoadSourceOperation,
  ],
  exports: [Loader, DatasetLoads, RejectStore, SourceStore, UploadStore, UploadReceiver],
})
export class LoadsModule {}
