import { lookup as resolve } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

import { Problem } from '../../errors/problem.js';

/**
 * Which addresses a source may be fetched from. Names are resolved here, and the connection goes to the
 * very address that was checked, so a name cannot point elsewhere a moment later.
 */
const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  PRIVATE.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 96], // unspecified, loopback, and IPv4 in an old form
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const) {
  PRIVATE.addSubnet(network, prefix, 'ipv6');
}

/** Whether an address is one of the public internet. */
export function isPublic(address: string): boolean {
  const plain = address.replace(/%.*$/, '');
  const family = isIP(plain);
  if (family === 0) return false;
  return !PRIVATE.check(plain, family === 6 ? 'ipv6' : 'ipv4');
}

/** Judges an address that a connection would go to. */
export type AddressPolicy = (address: string) => boolean;

/** @throws Problem `source-refused` */
export function checkAddress(host: string, address: string, allowed: AddressPolicy): void {
  if (allowed(address)) return;
  const at = host === address ? host : `${host} (${address})`;
  throw Problem.field('source-refused', 'source.url', `${at} is no address of the public internet`);
}

/** Resolves names as Node does, and fails where one of their addresses is not allowed. */
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
