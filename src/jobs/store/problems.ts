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

const CLOSED_ASK_AGAIN_S = 30;

/** @param message what was said when the queue was closed, or '' */
export const queueClosed = (message: string): Problem =>
  new Problem('queue-closed', `the queue is closed${message === '' ? '' : `: ${message}`}`, {
    retryAfter: CLOSED_ASK_AGAIN_S,
  });
