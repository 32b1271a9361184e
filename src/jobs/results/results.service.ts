import { Injectable } from '@nestjs/common';

import { nearNames } from '../../errors/near.js';
import { Problem } from '../../errors/problem.js';
import type { ByteRange } from '../../http/byte-range.js';
import { workOf, type JobRecord } from '../job.js';
import { JobStore } from '../store/job-store.js';
import { notFinished } from '../store/problems.js';
import { failureView } from '../views/failure.view.js';
import { ResultStore, type StoredResult } from './result-store.js';

const INLINE_BYTES = 4_096;
const PART_BYTES = 1024 * 1024;

/** A result in a list; small JSON comes along with it. */
export interface ListedResult extends StoredResult {
  readonly value?: unknown;
}

/** Reading the results of a job, or the reason why there are none. */
@Injectable()
export class ResultsService {
  constructor(
    private readonly jobs: JobStore,
    private readonly results: ResultStore,
  ) {}

  /** @throws Problem `unknown-job`, `job-not-finished`, `job-failed`, `job-cancelled`, `result-expired` */
  async list(id: string): Promise<{ job: JobRecord; results: readonly ListedResult[] }> {
    const job = await this.jobs.find(id);
    const stored = await this.stored(job);
    return { job, results: await Promise.all(stored.map((result) => this.withValue(result))) };
  }

  /** @throws Problem as `list`, and `unknown-result` */
  async describe(id: string, name: string): Promise<StoredResult> {
    const stored = await this.stored(await this.jobs.find(id));
    const found = stored.find((result) => result.name === name);
    if (found !== undefined) return found;
    const names = stored.map((result) => result.name);
    const detail = `job ${id} has no result ${JSON.stringify(name.slice(0, 100))}`;
    throw new Problem('unknown-result', `${detail}; it has ${names.join(', ')}`, {
      near: nearNames(name, names),
    });
  }

  /** What a person means by "the picture of the job": plot.png, the first image, or the first result. */
  async describeImage(id: string): Promise<StoredResult> {
    const stored = await this.stored(await this.jobs.find(id));
    const image =
      stored.find(({ name }) => name === 'plot.png') ??
      stored.find(({ type }) => type.startsWith('image/')) ??
      stored[0];
    if (image === undefined) throw expired(id);
    return image;
  }

  /** @throws Problem `result-expired` */
  async bytes(result: StoredResult): Promise<Buffer> {
    const bytes = await this.results.bytes(result);
    if (bytes === null) throw expired(result.job);
    return bytes;
  }

  /**
   * Some of the bytes, piece by piece, so that a large result is never in memory as a whole. The first is read at once.
   * @throws Problem `result-expired`
   */
  async stream(result: StoredResult, { from, length }: ByteRange): Promise<AsyncGenerator<Buffer>> {
    const first = await this.results.part(result, from, Math.min(length, PART_BYTES));
    if (first.length === 0 && length > 0) throw expired(result.job);
    return this.parts(result, from + length, { first, from });
  }

  private async *parts(
    result: StoredResult,
    end: number,
    { first, from }: { readonly first: Buffer; readonly from: number },
  ): AsyncGenerator<Buffer> {
    yield first;
    for (let at = from + first.length; at < end;) {
      const part = await this.results.part(result, at, Math.min(end - at, PART_BYTES));
      if (part.length === 0) throw new Error(`result ${result.name} expired while it was sent`);
      at += part.length;
      yield part;
    }
  }

  private async stored(job: JobRecord): Promise<readonly StoredResult[]> {
    switch (job.status) {
      case 'submitted':
      case 'in_progress':
        throw notFinished(job.id, job.status);
      case 'failed':
        throw new Problem('job-failed', job.problem?.detail ?? 'the job failed', {
          cause: job.problem === null ? null : failureView(job.problem),
        });
      case 'cancelled':
        throw new Problem('job-cancelled', `job ${job.id} was cancelled`);
      case 'complete': {
        const stored = await this.results.list(workOf(job));
        if (stored.length === 0) throw expired(job.id);
        return stored;
      }
    }
  }

  private async withValue(result: StoredResult): Promise<ListedResult> {
    if (result.type !== 'application/json' || result.size >= INLINE_BYTES) return result;
    const bytes = await this.results.bytes(result);
    return bytes === null ? result : { ...result, value: JSON.parse(bytes.toString('utf8')) };
  }
}

const expired = (id: string): Problem =>
  new Problem('result-expired', `the results of job ${id} were kept for a time, which is over`);
