import { Injectable } from '@nestjs/common';

import { textOfText } from '../data/values.js';
import { Problem } from '../errors/problem.js';
import type { ListJobs } from './requests/list-jobs.js';
import { JobIndex } from './store/job-index.js';
import { jobView, type JobsView } from './views/job.view.js';

/** Pages of jobs. */
@Injectable()
export class JobListService {
  constructor(private readonly index: JobIndex) {}

  /** Newest first; jobs that are added or removed meanwhile neither shift nor repeat what follows. */
  async page({ limit, cursor, before, after, ...wanted }: ListJobs): Promise<JobsView> {
    const span = { from: timeOf('after', after), until: timeOf('before', before) };
    const { records, next } = await this.index.page(wanted, limit, cursor ?? null, span);
    return {
      jobs: records.map((record) => jobView(record)),
      next: next === null ? null : address({ ...wanted, before, after }, limit, next),
    };
  }
}

/** @throws Problem `invalid-parameter` */
function timeOf(field: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = Date.parse(textOfText('timestamp', text) ?? '');
  if (Number.isFinite(ms) && ms >= 0) return ms;
  const message = 'must be a day or a time, such as 2026-11-22 or 2026-11-22T06:00:00Z';
  throw Problem.field('invalid-parameter', field, message);
}

function address(wanted: object, limit: number, cursor: string): string {
  const query = new URLSearchParams({ limit: String(limit), cursor });
  for (const [name, value] of Object.entries(wanted)) {
    if (typeof value === 'string') query.set(name, value);
  }
  return `/jobs?${query.toString()}`;
}
