import { Problem } from './problem.js';

const FULL = /^(OOM|MISCONF)\b/;
const AWAY =
  /^(LOADING|READONLY|MASTERDOWN|BUSY|NOREPLICAS|TRYAGAIN|CLUSTERDOWN)\b|Command timed out|Connection is (closed|in)|isn't writeable|max retries per request|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|Socket closed|Connection ended|aborted due to connection close/i;
const RETRY_AFTER_S = 2;

/** The problem behind a failed Redis command, or null where the error is something else. */
export function redisFailure(error: unknown): Problem | null {
  if (!(error instanceof Error)) return null;
  const text = `${error.message} ${(error as NodeJS.ErrnoException).code ?? ''}`;
  // What kept a transaction from its end is told by the first of its commands that was refused.
  const { previousErrors } = error as { previousErrors?: readonly unknown[] };
  if (previousErrors?.[0] !== undefined) return redisFailure(previousErrors[0]);
  if (FULL.test(error.message)) {
    return new Problem('storage-full', 'Redis refuses to store more: its memory limit is reached');
  }
  if (!AWAY.test(text)) return null;
  return new Problem('storage-unavailable', 'Redis does not answer at the moment', {
    retryAfter: RETRY_AFTER_S,
  });
}
