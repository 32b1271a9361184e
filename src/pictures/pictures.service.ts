import { Injectable } from '@nestjs/common';

import type { RawQuery } from '../data/query/parse-query.js';
import { Problem } from '../errors/problem.js';
import { isFinished, type JobRecord } from '../jobs/job.js';
import { JobsService, type SubmitOptions } from '../jobs/jobs.service.js';
import type { SubmitJob } from '../jobs/requests/submit-job.js';
import type { StoredResult } from '../jobs/results/result-store.js';
import { ResultsService } from '../jobs/results/results.service.js';
import { inAddress, PictureRequests } from './picture-request.js';

/** How long an answer waits for its picture before it names the job instead. */
const PATIENCE_MS = 10_000;
/** Different pictures that are waited for at a time. */
const MOST_WAITING = 100;

export interface PictureQuery {
  readonly dataset: string;
  readonly query: RawQuery;
  readonly result: 'plot.png' | 'plot.svg';
  /** Draws it in any case. */
  readonly fresh: boolean;
  /** Names the job at once, where it has to be drawn. */
  readonly later: boolean;
  /** Whether the caller has what this ETag names. */
  readonly has: (etag: string) => boolean;
}

/** The ETag names what was asked of which version; the same question has the same picture. */
export type Picture = { readonly etag: string } & (
  | { readonly state: 'same'; readonly version: string }
  | { readonly state: 'later'; readonly job: JobRecord }
  | { readonly state: 'drawn'; readonly stored: StoredResult }
);

/** Pictures by their addresses: drawn by jobs, once for each version of a dataset. */
@Injectable()
export class PicturesService {
  /** By what they ask: those who ask for the same picture wait for one job. */
  private readonly waiting = new Map<string, Promise<JobRecord>>();

  constructor(
    private readonly requests: PictureRequests,
    private readonly jobs: JobsService,
    private readonly results: ResultsService,
  ) {}

  /** @throws Problem for what is wrong with the address, `too-many-pictures`, `job-failed` */
  async draw(asked: PictureQuery): Promise<Picture> {
    try {
      return await this.picture(asked);
    } catch (error) {
      throw inAddress(error);
    }
  }

  async bytes(stored: StoredResult): Promise<Buffer> {
    return this.results.bytes(stored);
  }

  private async picture(asked: PictureQuery): Promise<Picture> {
    const { result, fresh, later, has } = asked;
    const request = this.requests.of(asked.dataset, asked.query);
    const { version, question } = await this.jobs.plan(request, [result]);
    const etag = `"${question ?? ''}"`;
    if (!fresh && has(etag)) return { state: 'same', etag, version };
    const stored = fresh || question === null ? null : await this.answer(question, result);
    if (stored?.version === version) return { state: 'drawn', etag, stored };
    const options = { fresh, wanted: [result] };
    const job = later
      ? await this.jobs.submit(request, options)
      : await this.drawing(etag, request, options);
    if (!isFinished(job.status)) return { state: 'later', etag, job };
    const drawn = await this.results.describe(job.id, result);
    if (drawn.version === version) return { state: 'drawn', etag, stored: drawn };
    // The dataset has changed meanwhile. A question about that version has another name.
    return { state: 'drawn', etag: `"${drawn.hash}"`, stored: drawn };
  }

  /** What an earlier job has drawn, where it is still there. */
  private async answer(question: string, result: string): Promise<StoredResult | null> {
    const job = await this.jobs.answered(question);
    if (job === null) return null;
    try {
      return await this.results.describe(job, result);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return null; // It has gone between the two questions: it is drawn anew.
    }
  }

  private async drawing(
    key: string,
    request: SubmitJob,
    options: SubmitOptions,
  ): Promise<JobRecord> {
    const underWay = options.fresh === true ? undefined : this.waiting.get(key);
    if (underWay !== undefined) return underWay;
    if (this.waiting.size >= MOST_WAITING) {
      const detail = `${String(MOST_WAITING)} pictures are being waited for`;
      throw new Problem('too-many-pictures', detail, { retryAfter: 2 });
    }
    const job = this.jobs
      .submitAndWait(request, { ...options, waitMs: PATIENCE_MS })
      .finally(() => this.waiting.delete(key));
    this.waiting.set(key, job);
    return job;
  }
}
