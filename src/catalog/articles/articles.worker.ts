import { getQueueToken } from '@nestjs/bull';
import { Inject, Module, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Queue } from 'bull';

import { CONFIGURATION } from '../../config/config.module.js';
import type { Configuration } from '../../config/configuration.js';
import { DatasetAccess } from '../../data/dataset-access.js';
import { DatasetLoads } from '../../data/datasets/dataset-loads.js';
import { LoadsModule } from '../../data/datasets/loads.module.js';
import { UploadReceiver } from '../../data/datasets/upload-receiver.js';
import { ListEditor } from '../../data/records/list-editor.js';
import { RecordReader } from '../../data/records/record-reader.js';
import { Replicas } from '../../data/replica/replicas.js';
import { EditLog } from '../../data/store/edit-log.js';
import { within } from '../../jobs/queue/deadline.js';
import { ARTICLES_QUEUE, ENTITIES_QUEUE } from '../../jobs/queue/queue-name.js';
import { QueueModule } from '../../jobs/queue/queue.module.js';
import { QueueMetrics } from '../../queues/queue-metrics.js';
import { QueuesModule } from '../../queues/queues.module.js';
import type { EntitiesMessage } from './article-messages.js';
import { BATCH, entityProcessor, savingProcessor } from './article-processors.js';
import { ArticleSaver } from './article-saver.js';
import { Batches } from './batches.js';
import { EntityThreads } from './entity-threads.js';

/** One change of the dataset costs about as much for a hundred articles as for one. */
const BATCH_LIMITS = { items: BATCH, pause: 100, longest: 1_000 };
const CLOSE_MS = 3_000;

const ENTITY_PROCESSOR = Symbol('entity processor');
const SAVING_PROCESSOR = Symbol('saving processor');

/** What a worker does with articles: it finds their entities, and saves them. */
@Module({
  imports: [QueueModule, QueuesModule, LoadsModule],
  providers: [
    {
      provide: EntityThreads,
      inject: [CONFIGURATION],
      useFactory: ({ workerConcurrency }: Configuration) => new EntityThreads(workerConcurrency),
    },
    {
      provide: ListEditor,
      inject: [RecordReader, Replicas, EditLog],
      useFactory: (...parts: [RecordReader, Replicas, EditLog]) => new ListEditor(...parts),
    },
    {
      provide: ArticleSaver,
      inject: [DatasetAccess, ListEditor, DatasetLoads, UploadReceiver],
      useFactory: (...parts: [DatasetAccess, ListEditor, DatasetLoads, UploadReceiver]) =>
        new ArticleSaver(...parts),
    },
    {
      provide: ENTITY_PROCESSOR,
      inject: [CONFIGURATION, EntityThreads, getQueueToken(ENTITIES_QUEUE)],
      useFactory: (
        { workerConcurrency }: Configuration,
        threads: EntityThreads,
        results: Queue<EntitiesMessage>,
      ) => entityProcessor(workerConcurrency, threads, results),
    },
    {
      provide: SAVING_PROCESSOR,
      inject: [ArticleSaver],
      useFactory: (saver: ArticleSaver) =>
        savingProcessor(new Batches((messages) => saver.save(messages), BATCH_LIMITS)),
    },
  ],
})
export default class ArticlesWorkerModule implements BeforeApplicationShutdown {
  constructor(
    @Inject(getQueueToken(ARTICLES_QUEUE)) private readonly articles: Queue,
    @Inject(getQueueToken(ENTITIES_QUEUE)) private readonly entities: Queue,
    @Inject(EntityThreads) private readonly threads: EntityThreads,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(QueueMetrics) metrics: QueueMetrics,
  ) {
    for (const queue of [articles, entities]) metrics.watch(queue);
  }

  /** Takes no more, finishes what runs, as long as that may take; what is left stays in Redis for others. */
  async beforeApplicationShutdown(): Promise<void> {
    for (const queue of [this.articles, this.entities]) {
      const away = queue.client.status !== 'ready';
      const idle = queue.pause(true, away).catch(() => undefined);
      await within(this.configuration.shutdownGrace, idle);
      await within(CLOSE_MS, queue.close(true)).catch(() => undefined);
    }
    await this.threads.close();
  }
}
