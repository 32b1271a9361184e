import { Injectable } from '@nestjs/common';

import type { ListJobs } from './requests/list-jobs.js';
import { JobIndex } from './store/job-index.js';
import { jobView, type JobsView } from './views/job.view.js';

/** Pages of jobs. */
@Injectable()
export class JobListService {
  constructor(private readonly index: JobIndex) {}

  /** Newest first; jobs that are added or removed meanwhile neither shift nor repeat what follows. */
  async page({ limit, cursor, ...wanted }: ListJobs): Promise<JobsView> {
    const { records, next } = await this.index.page(wanted, limit, cursor ?? null);
    return {
      jobs: records.map(jobView),
      next: next === null ? null : address(wanted, limit, next),
    };
  }
}

function address(wanted: object, limit: number, cursor: string): string {
  const query = new URLSearchParams({ limit: String(limit), cursor });
  for (const [name, value] of Object.entries(wanted)) {
    if (typeof value === 'string') query.set(name, value);
  }
  return `/jobs?${query.toString()}`;
}
