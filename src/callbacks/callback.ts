import type { Configuration } from '../config/configuration.js';
import { Problem } from '../errors/problem.js';
import { outboundUrl, RefusedAddress } from '../net/outbound.js';
import { TextField } from '../parameters/fields.js';
import { validateJson } from '../parameters/validate.js';

/** Where the end of a job is reported. */
export class Callback {
  @TextField({
    description: 'http or https URL; a POST goes there when the job ends.',
    example: 'https://example.org/hooks/almanac',
    maxLength: 2000,
  })
  url!: string;

  @TextField({
    description:
      'Signs the report, of 16 characters or more; CALLBACK_SECRET where it is left out.',
    optional: true,
    maxLength: 200,
  })
  secret?: string;
}

/**
 * The callback of a request, checked.
 * @throws Problem which names the field below `callback`
 */
export function checkCallback(
  given: unknown,
  { allowPrivateSources, callbackSecret }: Configuration,
): Callback | null {
  if (given === undefined) return null;
  const callback = validateJson(Callback, given, 'callback.');
  const refuse = (field: string, message: string): never => {
    throw Problem.field('invalid-parameter', `callback.${field}`, message);
  };
  try {
    outboundUrl(callback.url, allowPrivateSources);
  } catch (error) {
    if (!(error instanceof RefusedAddress)) throw error;
    refuse('url', error.message);
  }
  if (callback.secret === undefined && callbackSecret === '') {
    refuse('secret', 'is missing: give one of 16 characters or more, or set CALLBACK_SECRET');
  }
  if (callback.secret !== undefined && callback.secret.length < 16) {
    refuse('secret', 'must have 16 characters or more');
  }
  return callback;
}
