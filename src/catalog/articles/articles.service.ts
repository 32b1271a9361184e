import { randomUUID } from 'node:crypto';

import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bull';

import { DatasetAccess } from '../../data/dataset-access.js';
import type { Versioned } from '../../data/versioned.js';
import { Problem } from '../../errors/problem.js';
import { prompt } from '../../jobs/queue/prompt.js';
import { ARTICLES_QUEUE } from '../../jobs/queue/queue-name.js';
import { queueClosed } from '../../queues/queue-closed.js';
import { QueueGate } from '../../queues/queue-gate.js';
import type { ArticleMessage } from './article-messages.js';
import type { Article, EntitiesParameters } from './article.request.js';
import { entityTypes, type Entities, type EntityType } from './entity.js';

const DEADLINE_MS = 5_000;

export interface Counted {
  readonly type: EntityType;
  readonly text: string;
  /** How often it occurs in all articles together. */
  readonly count: number;
  /** In how many articles it occurs. */
  readonly articles: number;
}

/** Taking articles in, and what is known of their entities. */
@Injectable()
export class ArticlesService {
  constructor(
    @InjectQueue(ARTICLES_QUEUE) private readonly queue: Queue<ArticleMessage>,
    private readonly gate: QueueGate,
    private readonly datasets: DatasetAccess,
  ) {}

  /**
   * Puts articles into the queue, all or none; they are durable there when this resolves.
   * @throws Problem `queue-closed`, `storage-unavailable`
   */
  async accept(articles: readonly Article[]): Promise<void> {
    const closing = await this.gate.closing(ARTICLES_QUEUE);
    if (closing !== null) throw queueClosed(closing.message);
    const messages = articles.map((data) => ({
      data,
      // An article that is sent again is another message: the later one wins.
      opts: { jobId: `${data.id}~${randomUUID()}` },
    }));
    await prompt(this.queue, DEADLINE_MS, () => this.queue.addBulk(messages));
  }

  /** @throws Problem `unknown-dataset` where there is no article yet, `unknown-record` */
  async entities(id: string, signal: AbortSignal): Promise<Versioned<Entities>> {
    return this.datasets.read('articles', {}, signal, async (reader) => {
      const [row] = await reader.rows<{ entities: string | null }>(
        'SELECT entities::VARCHAR AS entities FROM data WHERE id = $1',
        [id],
      );
      if (row === undefined) throw new Problem('unknown-record', `there is no article "${id}"`);
      const none = Object.fromEntries(entityTypes.map((type) => [type, []]));
      const value = (row.entities === null ? none : JSON.parse(row.entities)) as Entities;
      return { value, version: reader.about.version };
    });
  }

  /** The most frequent entities of all articles, type by type. */
  async overall(
    { type, top }: EntitiesParameters,
    signal: AbortSignal,
  ): Promise<Versioned<readonly Counted[]>> {
    return this.datasets.read('articles', {}, signal, async (reader) => {
      const types = type === undefined ? entityTypes : [type];
      const lists = await Promise.all(
        types.map(async (one) => {
          const rows = await reader.rows<Omit<Counted, 'type'>>(
            `SELECT text, sum(n)::DOUBLE AS count, count(DISTINCT id)::DOUBLE AS articles FROM (
               SELECT id, found->>'$.text' AS text, (found->>'$.count')::INTEGER AS n FROM (
                 SELECT id, unnest(json_extract(entities::JSON, '$.${one}[*]')) AS found FROM data))
             GROUP BY text ORDER BY count DESC, text LIMIT ${String(top)}`,
          );
          return rows.map((row) => ({ type: one, ...row }));
        }),
      );
      return { value: lists.flat(), version: reader.about.version };
    });
  }
}
