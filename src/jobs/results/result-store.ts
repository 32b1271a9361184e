import { hash } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';

import type { Results } from '../../analyses/analysis.js';
import { CONFIGURATION } from '../../config/config.module.js';
import type { Configuration } from '../../config/configuration.js';
import { Problem } from '../../errors/problem.js';
import { RedisConnections, sharedServer } from '../../redis/connections.js';
import { Keys } from '../../redis/keys.js';
import { JobScripts } from '../store/job-scripts.js';

/** A result without its bytes. */
export interface StoredResult {
  /** The job under which it is kept. */
  readonly job: string;
  readonly name: string;
  /** Media type. */
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  /** SHA-256 of the bytes, base64url. */
  readonly hash: string;
  /** Version of the dataset that it was computed from. */
  readonly version: string;
  /** What a picture shows, in words. */
  readonly description?: string;
}

/**
 * The results of jobs: each has a key of its own, apart from the records. They go after RESULT_TTL, or, the
 * oldest first, when all together are more than MAX_RESULTS_BYTES.
 */
@Injectable()
export class ResultStore {
  /** Whether they are on the server of the records, where one script can change both. */
  readonly together: boolean;
  private readonly keys: Keys;
  private readonly scripts: JobScripts;

  constructor(
    private readonly redis: RedisConnections,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {
    this.keys = new Keys(configuration.keyPrefix);
    this.scripts = new JobScripts(configuration);
    this.together = sharedServer(configuration, 'queue', 'results') !== null;
  }

  /** @throws Problem `result-too-large` */
  check(results: Results): void {
    const entries = Object.entries(results);
    if (entries.length === 0) throw new Error('there are no results');
    const most = this.configuration.maxResultBytes;
    for (const [name, { bytes }] of entries) {
      if (bytes.byteLength <= most) continue;
      throw new Problem(
        'result-too-large',
        `result ${name} has ${String(bytes.byteLength)} bytes; the limit is ${String(most)}`,
      );
    }
  }

  /**
   * Keeps the results of a job, all or none, unless there are some already: the first writer wins.
   * @returns the version which the results that are kept came from
   * @throws Problem `result-too-large`
   */
  async publish(job: string, results: Results, version: string): Promise<string> {
    this.check(results);
    const args = [job, ...packed(results, version)];
    const there = (await this.scripts.publish.run(this.redis.resultBytes, [], args)) as string[];
    return there.length === 0 ? version : parse(job, there[0] ?? '', there[1] ?? '{}').version;
  }

  /** In the order of their names; empty where they have expired. */
  async list(job: string): Promise<readonly StoredResult[]> {
    const found = Object.entries(await this.redis.results.hgetall(this.keys.results(job)));
    return found
      .map(([name, description]) => parse(job, name, description))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async exist(job: string): Promise<boolean> {
    return (await this.redis.results.exists(this.keys.results(job))) === 1;
  }

  /** The bytes of one result; null where it has expired. */
  async bytes({ job, name }: Pick<StoredResult, 'job' | 'name'>): Promise<Buffer | null> {
    return this.redis.resultBytes.getBuffer(this.keys.result(job, name));
  }

  /** A part of the bytes; empty beyond the end, and where the result has expired. */
  async part({ job, name }: StoredResult, from: number, length: number): Promise<Buffer> {
    const key = this.keys.result(job, name);
    return this.redis.resultBytes.getrangeBuffer(key, from, from + length - 1);
  }

  async remove(job: string): Promise<void> {
    await this.scripts.dropResults.run(this.redis.results, [], [job]);
  }
}

/** Name, description and bytes of each result, as the scripts take them. */
export const packed = (results: Results, version: string): (string | Buffer)[] =>
  Object.entries(results).flatMap(([name, { type, bytes, description }]) => {
    const kept = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const digest = hash('sha256', kept, 'base64url');
    const about = { type, size: kept.length, hash: digest, version, description };
    return [name, JSON.stringify(about), kept];
  });

const parse = (job: string, name: string, description: string): StoredResult => ({
  job,
  name,
  ...(JSON.parse(description) as Omit<StoredResult, 'job' | 'name'>),
});
