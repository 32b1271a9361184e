import { timingSafeEqual } from 'node:crypto';

import { Problem } from '../errors/problem.js';

/** The keys of API_KEYS. Without any, everything is allowed. */
export class ApiKeys {
  private readonly keys: readonly Buffer[];

  constructor(keys: readonly string[]) {
    this.keys = keys.map((key) => Buffer.from(key));
  }

  /** Whether nothing needs a key. */
  get none(): boolean {
    return this.keys.length === 0;
  }

  /**
   * @param given the key of a request
   * @throws Problem `unauthorized`
   */
  check(given: string | undefined): void {
    if (this.none || (given !== undefined && this.holds(Buffer.from(given)))) return;
    const what = given === undefined ? 'no key was sent' : 'the key is not one of this service';
    throw new Problem('unauthorized', what);
  }

  private holds(given: Buffer): boolean {
    return this.keys.some((key) => key.length === given.length && timingSafeEqual(key, given));
  }
}

/** The key in a header `Authorization: Bearer KEY`. */
export const bearerKey = (authorization = ''): string | undefined =>
  /^Bearer (.+)$/i.exec(authorization)?.[1];

/** The password in a header `Authorization: Basic ...`, which is what a browser asks for. */
export function passwordOf(authorization = ''): string | undefined {
  const encoded = /^Basic (.+)$/i.exec(authorization)?.[1];
  return encoded === undefined
    ? undefined
    : /^[^:]*:(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8'))?.[1];
}
