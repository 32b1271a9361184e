import type { Redis } from 'ioredis';

import type { Keys } from '../../redis/keys.js';

/** Where a dataset is loaded from, as it was declared. */
export interface DatasetSource {
  readonly url: string;
  /** Name of a format; null where the content tells. */
  readonly format: string | null;
  /** The parameters of each load. */
  readonly load: Readonly<Record<string, string>>;
  readonly about: Readonly<Record<string, string>>;
  /** RFC 3339. */
  readonly created: string;
}

/** The sources of datasets: one hash in Redis, name -> source as JSON, and those of the catalog. */
export class SourceStore {
  constructor(
    private readonly redis: Redis,
    private readonly keys: Keys,
    private readonly catalog: (name: string) => DatasetSource | null,
  ) {}

  /** False where the dataset has a source already. */
  async add(name: string, source: DatasetSource): Promise<boolean> {
    return (await this.redis.hsetnx(this.keys.sources(), name, JSON.stringify(source))) === 1;
  }

  async find(name: string): Promise<DatasetSource | null> {
    const text = await this.redis.hget(this.keys.sources(), name);
    return text === null ? null : (JSON.parse(text) as DatasetSource);
  }

  /** The same; where nobody declared one, that of the catalog. */
  async findOrKnown(name: string): Promise<DatasetSource | null> {
    return (await this.find(name)) ?? this.catalog(name);
  }

  async all(): Promise<ReadonlyMap<string, DatasetSource>> {
    const texts = await this.redis.hgetall(this.keys.sources());
    return new Map(
      Object.entries(texts).map(([name, text]) => [name, JSON.parse(text) as DatasetSource]),
    );
  }
}
