import { Process, Processor } from '@nestjs/bull';
import { Logger } from '@nestjs/common';
import type { Job, Queue } from 'bull';

import { ARTICLES_QUEUE, ENTITIES_QUEUE } from '../../jobs/queue/queue-name.js';
import type { ArticleMessage, EntitiesMessage } from './article-messages.js';
import type { Batches } from './batches.js';
import type { EntityThreads } from './entity-threads.js';

/** A text that breaks the search so often is saved without entities: it must neither be lost nor stay for ever. */
const MOST_ATTEMPTS = 3;

/** Most messages that are saved as one batch. */
export const BATCH = 100;

/** Finds the entities of articles. The result is in the second queue before Bull hears that an article is done. */
export function entityProcessor(
  threadCount: number,
  threads: EntityThreads,
  results: Queue<EntitiesMessage>,
): object {
  const logger = new Logger('Articles');
  @Processor(ARTICLES_QUEUE)
  class EntityProcessor {
    // Two for each thread: while Redis confirms what became of one article, the thread reads another.
    @Process({ concurrency: 2 * threadCount })
    async work({ id, data: article, attemptsMade }: Job<ArticleMessage>): Promise<void> {
      const entities = await threads.find(article.body).catch((error: unknown) => {
        if (attemptsMade + 1 < MOST_ATTEMPTS) throw error;
        logger.error({ err: error }, `article "${article.id}" is saved without its entities`);
        return null;
      });
      // Under the same id: where the worker is killed before Bull hears of it, the result is there once.
      await results.add({ article, entities }, { jobId: id });
    }
  }
  return new EntityProcessor();
}

/** Saves results, many at once. */
export function savingProcessor(batches: Batches<EntitiesMessage>): object {
  @Processor(ENTITIES_QUEUE)
  class SavingProcessor {
    @Process({ concurrency: BATCH })
    async work({ data }: Job<EntitiesMessage>): Promise<void> {
      await batches.add(data);
    }
  }
  return new SavingProcessor();
}
