import { Problem } from '../../errors/problem.js';

const LONGEST_KEY = 255;

export const IDEMPOTENCY_KEY = {
  name: 'idempotency-key',
  required: false,
  description:
    'Any text of up to 255 characters. The same request under it is accepted once in 24 hours; then the answer is the job that there is.',
};

export const CACHE_CONTROL = {
  name: 'cache-control',
  required: false,
  description: '`no-cache` computes the answer in any case.',
};

/** @throws Problem `invalid-parameter` */
export function checkIdempotencyKey(key: string | undefined): string | undefined {
  if (key === undefined || (key.length > 0 && key.length <= LONGEST_KEY)) return key;
  const message = `must have 1 to ${String(LONGEST_KEY)} characters`;
  throw Problem.field('invalid-parameter', 'Idempotency-Key', message);
}

/** `Cache-Control: no-cache`, as of RFC 9111: nothing that is stored will do. */
export const wantsFresh = (cacheControl: string | undefined): boolean =>
  cacheControl?.split(',').some((part) => /^no-(cache|store)$/i.test(part.trim())) ?? false;
