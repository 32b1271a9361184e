import type { Queue } from 'bull';

import { Problem } from '../../errors/problem.js';
import { within } from './deadline.js';

/**
 * Asks Bull, which waits without end while Redis is away; a caller gets 503 instead.
 * @throws Problem `storage-unavailable`
 */
export async function prompt<T>(queue: Queue, ms: number, ask: () => Promise<T>): Promise<T> {
  const answer = queue.client.status === 'ready' ? await within(ms, ask()) : 'late';
  if (answer !== 'late') return answer;
  throw new Problem('storage-unavailable', 'Redis does not answer at the moment', {
    retryAfter: 2,
  });
}
