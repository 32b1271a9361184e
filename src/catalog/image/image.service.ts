import { Inject, Injectable } from '@nestjs/common';

import { CONFIGURATION } from '../../config/config.module.js';
import type { Configuration } from '../../config/configuration.js';
import { DatasetAccess } from '../../data/dataset-access.js';
import { Problem } from '../../errors/problem.js';
import type { JobRecord } from '../../jobs/job.js';
import { JobsService } from '../../jobs/jobs.service.js';
import { defaultJob } from '../../jobs/requests/default-job.js';
import type { StoredResult } from '../../jobs/results/result-store.js';
import { ResultsService } from '../../jobs/results/results.service.js';
import type { ImageRequest } from './image.request.js';
import { ImageStore } from './image-store.js';

/** Longest wait of a request for its plot. */
const WAIT_MS = 25_000;

/** The one image of the default dataset: drawn by a job, which the workers run like any other. */
@Injectable()
export class ImageService {
  private readonly dataset: string;

  constructor(
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    private readonly datasets: DatasetAccess,
    private readonly jobs: JobsService,
    private readonly results: ResultsService,
    private readonly images: ImageStore,
  ) {
    this.dataset = configuration.defaultDataset;
  }

  /**
   * Draws the image, which takes the place of the one before.
   * @returns the job: complete, or not finished where it takes long
   * @throws Problem `no-data`, whatever is wrong with the request, and that of a job that failed
   */
  async draw(request: ImageRequest, signal: AbortSignal): Promise<JobRecord> {
    await this.checkData(signal);
    const { analysis, params, filter } = request;
    const chosen = analysis === undefined ? await this.defaultJob() : { analysis, params: {} };
    const job = await this.jobs.submitAndWait(
      {
        dataset: this.dataset,
        analysis: chosen.analysis,
        params: { ...chosen.params, ...params },
        ...(filter === undefined ? {} : { filter }),
      },
      { waitMs: WAIT_MS, signal },
    );
    if (job.problem !== null) throw Problem.fromJson(job.problem);
    if (job.status === 'complete') await this.checkPicture(job);
    await this.images.keep(this.dataset, job.id);
    return job;
  }

  /** @throws Problem `no-image`, `job-not-finished`, `result-expired` */
  async find(): Promise<StoredResult> {
    const job = await this.images.find(this.dataset);
    if (job === null) throw this.none();
    return this.results.describeImage(job);
  }

  /** @throws Problem `no-image` */
  async remove(): Promise<void> {
    if (!(await this.images.remove(this.dataset))) throw this.none();
  }

  private async defaultJob(): Promise<ReturnType<typeof defaultJob>> {
    return defaultJob(await this.datasets.describe(this.dataset), this.configuration.defaultIndex);
  }

  private async checkData(signal: AbortSignal): Promise<void> {
    const rows = await this.datasets
      .read(this.dataset, {}, signal, (reader) =>
        reader.rows<{ row: number }>('SELECT 1 AS row FROM data LIMIT 1'),
      )
      .catch((error: unknown) => {
        const absent = error instanceof Problem && error.code === 'unknown-dataset';
        if (absent || (error instanceof Problem && error.code === 'dataset-not-loaded')) return [];
        throw error;
      });
    if (rows.length > 0) return;
    throw new Problem(
      'no-data',
      `the dataset "${this.dataset}" holds no data: POST /data loads it`,
    );
  }

  private async checkPicture({ id, analysis }: JobRecord): Promise<void> {
    const { type } = await this.results.describeImage(id);
    if (type.startsWith('image/')) return;
    const reason = `${analysis} makes no picture; GET /analyses lists those that do`;
    throw Problem.field('invalid-parameter', 'analysis', reason);
  }

  private none(): Problem {
    return new Problem('no-image', `there is no image of "${this.dataset}": POST /image draws one`);
  }
}
