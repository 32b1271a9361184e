import { createHash } from 'node:crypto';

import { VERSION } from '../../http/version.js';
import type { JobPlan } from '../job.js';

/**
 * The fingerprint of what a job asks. Jobs with the same one have the same answer: the same analysis of this
 * version of the service, the same parameters and filter, the same version of the dataset, and the same results that are wanted.
 */
export function questionOf(
  asked: Pick<JobPlan, 'analysis' | 'dataset' | 'version' | 'params' | 'filter' | 'wanted'>,
): string {
  const { analysis, dataset, version, params, filter, wanted } = asked;
  const whole = [VERSION, analysis, dataset, version, params, filter];
  return fingerprint(wanted === null ? whole : [...whole, wanted]);
}

/** SHA-256 of a JSON value in which the order of keys means nothing, base64url. */
export const fingerprint = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value, sortKeys)).digest('base64url');

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
