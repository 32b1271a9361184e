import { isIP } from 'node:net';

import { Problem } from '../../errors/problem.js';
import { checkAddress, type AddressPolicy } from './address-policy.js';

const MAX_CHARACTERS = 2_000;

/**
 * The address of a source, as far as it can be judged without asking anybody.
 * @throws Problem `source-refused` with the reason
 */
export function sourceUrl(text: string, allowed: AddressPolicy): URL {
  const refuse = (reason: string): Problem => Problem.field('source-refused', 'source.url', reason);
  if (text.length > MAX_CHARACTERS || !URL.canParse(text)) {
    throw refuse('is no address; expected one such as https://example.org/table.csv');
  }
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw refuse(`${url.protocol} is not fetched; http: and https: are`);
  }
  if (url.username !== '' || url.password !== '') {
    throw refuse('must not hold a user or password: it is shown to everybody');
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) checkAddress(host, host, allowed);
  return url;
}
