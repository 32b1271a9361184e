import { lookup as resolve } from 'node:dns';
import type { LookupFunction } from 'node:net';

import { Problem } from '../../errors/problem.js';

/** Judges an address that a connection would go to. */
export type AddressPolicy = (address: string) => boolean;

/** @throws Problem `source-refused` */
export function checkAddress(host: string, address: string, allowed: AddressPolicy): void {
  if (allowed(address)) return;
  const at = host === address ? host : `${host} (${address})`;
  throw Problem.field('source-refused', 'source.url', `${at} is no address of the public internet`);
}

/**
 * Resolves names as Node does, and fails where one of their addresses is not allowed. The connection goes to the
 * very address that was checked, so a name cannot point elsewhere a moment later.
 */
export const guardedLookup =
  (allowed: AddressPolicy): LookupFunction =>
  (host, options, callback) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, [], 0);
        return;
      }
      try {
        for (const { address } of addresses) checkAddress(host, address, allowed);
      } catch (problem) {
        callback(problem as Error, [], 0);
        return;
      }
      const [first] = addresses;
      if (options.all === true) callback(null, addresses);
      else callback(null, first?.address ?? '', first?.family);
    });
  };
