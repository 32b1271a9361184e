import { writeFile } from 'node:fs/promises';

import { DatasetAccess } from '../../data/dataset-access.js';
import type { DatasetLoads } from '../../data/datasets/dataset-loads.js';
import { LoadParameters } from '../../data/datasets/load-parameters.js';
import type { UploadReceiver } from '../../data/datasets/upload-receiver.js';
import type { ListEditor } from '../../data/records/list-editor.js';
import { Problem } from '../../errors/problem.js';
import { validateQuery } from '../../parameters/validate.js';
import type { EntitiesMessage } from './article-messages.js';
import { entityTypes, wordsOf } from './entity.js';

const DATASET = 'articles';

/**
 * Writes articles with their entities into the dataset `articles`, each under its key: one that is written twice,
 * because a worker was killed in between, is there once.
 */
export class ArticleSaver {
  constructor(
    private readonly datasets: DatasetAccess,
    private readonly editor: ListEditor,
    private readonly loads: DatasetLoads,
    private readonly receiver: UploadReceiver,
  ) {}

  /** All of them, or none. */
  async save(messages: readonly EntitiesMessage[]): Promise<void> {
    const latest = new Map<string, EntitiesMessage>();
    for (const message of messages) {
      const other = latest.get(message.article.id);
      if (other === undefined || other.article.received <= message.article.received)
        latest.set(message.article.id, message);
    }
    const records = [...latest.values()].map(recordOf);
    try {
      const later = await this.laterThan(records);
      const fresh = records.filter(({ id }) => !later.has(id));
      if (fresh.length > 0) await this.editor.create(DATASET, fresh, 'replace');
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'unknown-dataset') throw error;
      await this.begin(records);
    }
  }

  /** Ids of those of which a later sending was saved already: messages may overtake each other. */
  private laterThan(records: readonly ArticleRecord[]): Promise<ReadonlySet<string>> {
    const signal = AbortSignal.timeout(30_000);
    return this.datasets.read(DATASET, {}, signal, async (reader) => {
      const rows = await reader.rows<{ id: string; received: number }>(
        `SELECT id, epoch_ms(received)::DOUBLE AS received FROM data
         WHERE id IN (SELECT unnest(from_json($1, '["VARCHAR"]')))`,
        [JSON.stringify(records.map(({ id }) => id))],
      );
      const times = new Map(rows.map(({ id, received }) => [id, received]));
      return new Set(
        records
          .filter(({ id, received }) => (times.get(id) ?? -Infinity) > Date.parse(received))
          .map(({ id }) => id),
      );
    });
  }

  /** The first articles make the dataset, by a load. Where another worker was faster they are saved again. */
  private async begin(records: readonly ArticleRecord[]): Promise<void> {
    await this.receiver.inFolder(async (file) => {
      await writeFile(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
      const upload = { file, plainText: true, contentType: 'application/x-ndjson' };
      await this.loads.load(DATASET, upload, validateQuery(LoadParameters, {}), {});
    });
  }
}

interface ArticleRecord {
  readonly id: string;
  readonly received: string;
  readonly [column: string]: unknown;
}

function recordOf({ article, entities }: EntitiesMessage): ArticleRecord {
  const { id, title, url, author, published, received, body } = article;
  const mentions = entityTypes
    .flatMap((type) => entities?.[type] ?? [])
    .reduce((sum, { count }) => sum + count, 0);
  const counts = { words: wordsOf(body), mentions };
  return { id, title, url, author, published, received, ...counts, entities, body };
}
