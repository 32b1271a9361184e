import { randomUUID } from 'node:crypto';

import type { Redis } from 'ioredis';

import { didYouMean, nearNames } from '../../errors/near.js';
import { Problem } from '../../errors/problem.js';
import type { Keys } from '../../redis/keys.js';
import { Script } from '../../redis/script.js';
import type { LoadReport } from '../load/request.js';
import type { Schema, Version } from '../schema.js';
import {
  recordOf,
  STATE_FIELDS,
  stateOf,
  type DatasetAboutFields,
  type DatasetRecord,
  type DatasetState,
} from './dataset-record.js';
import { OLD_GENERATION_SECONDS, type KeptLoad } from './kept-load.js';
import { SharedReads } from './shared-reads.js';

const publish = new Script(new URL('./publish.lua', import.meta.url));
const remove = new Script(new URL('./remove.lua', import.meta.url));

export interface Publication {
  readonly name: string;
  /** The generation that the load replaces; null where the dataset is new. */
  readonly replaces: string | null;
  readonly generation: string;
  /** Size of the file of the generation. */
  readonly bytes: number;
  readonly rows: number;
  readonly schema: Schema;
  readonly about: DatasetAboutFields;
  readonly report: LoadReport;
  /** Id of the list of refused rows; '' where there are none. */
  readonly rejects: string;
}

/** The records of all datasets in Redis. It knows keys and scripts, not files or queries. */
export class DatasetStore {
  private readonly states = new SharedReads(async (name) =>
    stateOf(await this.redis.hmget(this.keys.dataset(name), ...STATE_FIELDS)),
  );

  constructor(
    private readonly redis: Redis,
    private readonly keys: Keys,
    /** How a dataset that is not there comes in, where that is known. */
    private readonly waysIn: (name: string) => string | null = () => null,
  ) {}

  /** The state of a dataset at the time of the call or later; calls at the same time share a question. */
  state(name: string): Promise<DatasetState | null> {
    return this.states.read(name);
  }

  async find(name: string): Promise<DatasetRecord | null> {
    return recordOf(await this.redis.hgetall(this.keys.dataset(name)));
  }

  /** @throws Problem `unknown-dataset` */
  async get(name: string): Promise<DatasetRecord> {
    return (await this.find(name)) ?? (await this.unknown(name));
  }

  /** @throws Problem `unknown-dataset` or `dataset-not-loaded`, always */
  async unknown(name: string): Promise<never> {
    if ((await this.redis.hexists(this.keys.sources(), name)) === 1) {
      throw new Problem(
        'dataset-not-loaded',
        `"${name}" was declared, but not loaded yet: POST /datasets/${name}/load fetches its source, PUT /datasets/${name} loads a file`,
      );
    }
    const ways = this.waysIn(name);
    if (ways !== null) {
      throw new Problem('unknown-dataset', `the dataset "${name}" is not loaded: ${ways}`);
    }
    const near = nearNames(name, await this.redis.smembers(this.keys.datasets()));
    throw new Problem('unknown-dataset', `there is no dataset "${name}"${didYouMean(near)}`, {
      near,
    });
  }

  /** All datasets, by name. */
  async list(): Promise<DatasetRecord[]> {
    const names = (await this.redis.smembers(this.keys.datasets())).sort();
    const records = await Promise.all(names.map((name) => this.find(name)));
    return records.filter((record) => record !== null);
  }

  /**
   * Makes an uploaded generation the current one.
   * @throws Problem `dataset-changed` where another load came first
   */
  async publish(publication: Publication): Promise<Version> {
    const { name, replaces, generation, bytes, rows, schema, about, report, rejects } = publication;
    const loaded = new Date().toISOString();
    const answer = (await publish.run(
      this.redis,
      [
        this.keys.dataset(name),
        this.keys.datasets(),
        this.keys.loads(),
        this.keys.generation(name, generation),
        this.keys.edits(name),
        this.keys.editOrder(name),
        this.keys.rejects(name, ''),
        this.keys.keptLoads(name),
      ],
      [
        name,
        replaces ?? '',
        generation,
        OLD_GENERATION_SECONDS,
        loaded,
        randomUUID(),
        rejects,
        JSON.stringify({
          ...{ generation, rows, bytes, schema, loaded },
          ...{ format: report.format, source: about.source ?? null },
        } satisfies Omit<KeptLoad, 'load'>),
        ...['rows', rows, 'base', rows + report.refused, 'schema', JSON.stringify(schema)],
        ...['about', JSON.stringify(about), 'report', JSON.stringify(report)],
      ],
    )) as [number, number?];
    if (answer[0] === 1) return { load: answer[1] ?? 0, edit: 0 };
    if (answer[0] === 0) {
      throw new Problem('dataset-changed', `another load of "${name}" was published first`);
    }
    throw new Problem('storage-unavailable', 'a part of the upload was lost; send it again', {
      retryAfter: 1,
    });
  }

  async describe(name: string, about: DatasetAboutFields, schema: Schema): Promise<void> {
    await this.redis.hset(this.keys.dataset(name), {
      about: JSON.stringify(about),
      schema: JSON.stringify(schema),
    });
  }

  /** @throws Problem `unknown-dataset` */
  async remove(name: string): Promise<void> {
    const removed = await remove.run(
      this.redis,
      [
        this.keys.dataset(name),
        this.keys.datasets(),
        this.keys.edits(name),
        this.keys.editOrder(name),
        this.keys.sources(),
        this.keys.rejects(name, ''),
        this.keys.keptLoads(name),
      ],
      [name, this.keys.generation(name, ''), OLD_GENERATION_SECONDS],
    );
    if (removed === 0) await this.unknown(name);
  }
}
