/** Name of the strategy in Bull's options. */
export const BACKOFF = 'by-reason';

const FIRST_MS = 500;
const MOST_MS = 30_000;

/** Thrown by a run that was handed back at a shutdown: another worker shall take the job at once. */
export class HandedBack extends Error {
  constructor() {
    super('handed back at a shutdown');
  }
}

/** Milliseconds until a job is tried again; longer each time after an unexpected error. */
export function backoff(attemptsMade: number, error: Error): number {
  if (error instanceof HandedBack) return 0;
  return Math.min(FIRST_MS * 2 ** Math.min(attemptsMade - 1, 16), MOST_MS);
}
