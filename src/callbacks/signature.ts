import { createHmac } from 'node:crypto';

import { stableId } from '../jobs/stable-id.js';

/**
 * The signature of a callback: HMAC-SHA256, in hexadecimal, of `<timestamp>.<body>`. The receiver computes the
 * same over the bytes that it got, compares in constant time, and refuses timestamps that are too old.
 * @param timestamp seconds since 1970, as the header has them
 */
export const signatureOf = (secret: string, timestamp: string, body: string): string =>
  `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;

/**
 * The id of the report that a job ended at a time: the same at each attempt, so that a receiver can tell a
 * repetition; another one if the job is tried again and ends again.
 */
export const deliveryId = (job: string, finished: number): string => stableId(job, finished);
