import type { IncomingMessage } from 'node:http';

import { isFinished, type JobRecord } from '../jobs/job.js';
import { jobView } from '../jobs/views/job.view.js';
import { RefusedAddress, sendOutbound } from '../net/outbound.js';
import type { Callback } from './callback.js';
import type { Delivery } from './delivery-store.js';
import { deliveryId, signatureOf } from './signature.js';

const ATTEMPT_MS = 10_000;
const FIRST_RETRY_MS = 1_000;
const MOST_RETRY_MS = 3_600_000;
/** The last one comes some three hours after the first. */
export const MOST_ATTEMPTS = 15;

/** Milliseconds to wait after a failed attempt; null after the last. */
export const retryDelay = (attempt: number): number | null =>
  attempt >= MOST_ATTEMPTS ? null : Math.min(FIRST_RETRY_MS * 2 ** (attempt - 1), MOST_RETRY_MS);

export interface Sender {
  readonly callback: Callback;
  readonly secret: string;
  readonly allowPrivate: boolean;
  readonly signal: AbortSignal;
}

/** Reports the end of a job once. What goes wrong is in the answer; nothing is thrown. */
export async function report(
  record: JobRecord,
  attempt: number,
  { callback, secret, allowPrivate, signal }: Sender,
): Promise<Delivery> {
  const { id, status, finished } = record;
  if (!isFinished(status) || finished === null) throw new Error(`job ${id} has not ended`);
  const delivery = deliveryId(id, finished);
  const body = JSON.stringify({ event: `job.${status}`, delivery, job: jobView(record) });
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const begun = performance.now();
  const done = (answer: number | null, error: string | null, final = false): Delivery => ({
    ...{ delivery, attempt, at: Date.now(), status: answer, error },
    took: Math.round(performance.now() - begun),
    retryIn: error === null || final ? null : retryDelay(attempt),
  });
  try {
    const answer = await sendOutbound(new URL(callback.url), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'Almanac',
        'almanac-delivery': delivery,
        'almanac-timestamp': timestamp,
        'almanac-signature': signatureOf(secret, timestamp, body),
      },
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(ATTEMPT_MS)]),
      allowPrivate,
    });
    return ended(answer, done);
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    const late = (error as Error).name === 'TimeoutError';
    const reason = late
      ? `no answer within ${ATTEMPT_MS / 1_000} s`
      : message || (code ?? 'failed');
    return done(null, reason, error instanceof RefusedAddress);
  }
}

type Done = (status: number | null, error: string | null, final?: boolean) => Delivery;

/** Any 2xx is good; 410 says that nobody wants to hear of it. The body is of no interest. */
function ended(answer: IncomingMessage, done: Done): Delivery {
  answer.on('error', () => undefined).destroy();
  const status = answer.statusCode ?? 0;
  if (status >= 200 && status < 300) return done(status, null);
  return done(status, `the answer was ${status}`, status === 410);
}
