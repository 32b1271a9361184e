import { Problem } from '../errors/problem.js';

const ASK_AGAIN_S = 30;

/**
 * What whoever brings something new to a closed queue is told.
 * @param message what was said when it was closed; '' or null where nothing was
 */
export const queueClosed = (message: string | null): Problem =>
  new Problem('queue-closed', `the queue is closed${message ? `: ${message}` : ''}`, {
    retryAfter: ASK_AGAIN_S,
  });
