import { createHash } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';

import type { Results } from '../../analyses/analysis.js';
import { CONFIGURATION } from '../../config/config.module.js';
import type { Configuration } from '../../config/configuration.js';
import { Problem } from '../../errors/problem.js';
import { RedisConnections } from '../../redis/connections.js';
import { Keys } from '../../redis/keys.js';
import { Script } from '../../redis/script.js';

const publish = new Script(new URL('./publish.lua', import.meta.url));

/** A result without its bytes. */
export interface StoredResult {
  readonly name: string;
  /** Media type. */
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  /** SHA-256 of the bytes, base64url. */
  readonly hash: string;
  /** Version of the dataset that it was computed from. */
  readonly version: string;
}

/** The results of jobs: each has a key of its own, apart from the records, and goes after RESULT_TTL. */
@Injectable()
export class ResultStore {
  private readonly keys: Keys;

  constructor(
    private readonly redis: RedisConnections,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {
    this.keys = new Keys(configuration.keyPrefix);
  }

  /**
   * Keeps the results of a job, all or none, unless there are some already: the first writer wins.
   * @returns the version which the results that are kept came from
   * @throws Problem `result-too-large`
   */
  async publish(job: string, results: Results, version: string): Promise<string> {
    const entries = Object.entries(results);
    if (entries.length === 0) throw new Error('the analysis gave no results');
    for (const [name, { bytes }] of entries) this.checkSize(name, bytes.byteLength);
    const there = (await publish.run(
      this.redis.results,
      [this.keys.results(job), ...entries.map(([name]) => this.keys.result(job, name))],
      [
        this.configuration.resultTtl,
        ...entries.flatMap(([name, { type, bytes }]) => {
          const kept = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
          const hash = createHash('sha256').update(kept).digest('base64url');
          return [name, JSON.stringify({ type, size: kept.length, hash, version }), kept];
        }),
      ],
    )) as string[];
    return there.length === 0 ? version : parse(there[0] ?? '', there[1] ?? '{}').version;
  }

  /** In the order of their names; empty where they have expired. */
  async list(job: string): Promise<readonly StoredResult[]> {
    const found = Object.entries(await this.redis.results.hgetall(this.keys.results(job)));
    return found
      .map(([name, description]) => parse(name, description))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The bytes of one result; null where it has expired. */
  async bytes(job: string, name: string): Promise<Buffer | null> {
    return this.redis.results.getBuffer(this.keys.result(job, name));
  }

  async remove(job: string): Promise<void> {
    const names = await this.redis.results.hkeys(this.keys.results(job));
    await this.redis.results.unlink(
      this.keys.results(job),
      ...names.map((name) => this.keys.result(job, name)),
    );
  }

  private checkSize(name: string, size: number): void {
    const most = this.configuration.maxResultBytes;
    if (size <= most) return;
    throw new Problem(
      'result-too-large',
      `result ${name} has ${String(size)} bytes; the limit is ${String(most)}`,
    );
  }
}

const parse = (name: string, description: string): StoredResult => ({
  name,
  ...(JSON.parse(description) as Omit<StoredResult, 'name'>),
});
