import { Problem } from '../../errors/problem.js';
import type { JobStatus } from '../job.js';

const ASK_AGAIN_S = 1;

export const unknownJob = (id: string): Problem =>
  new Problem('unknown-job', `there is no job ${JSON.stringify(id.slice(0, 100))}`);

export const notFinished = (id: string, status: JobStatus): Problem =>
  new Problem('job-not-finished', `job ${id} is ${status.replace('_', ' ')}`, {
    state: status,
    retryAfter: ASK_AGAIN_S,
  });
