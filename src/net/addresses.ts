import { BlockList, isIP } from 'node:net';

/**
 * Addresses that are not on the public Internet: this machine, private and shared networks, link-local (where
 * clouds keep their credentials), documentation, multicast, reserved. IANA special-purpose address registries.
 */
const inside = new BlockList();
for (const [network, bits] of [
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
  ['224.0.0.0', 3],
] as const) {
  inside.addSubnet(network, bits, 'ipv4');
}
/** What is public in IPv6 is 2000::/3, without the parts below that lead elsewhere. */
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  inside.addSubnet(network, bits, 'ipv6');
}

/** Whether an IP address is one of the public Internet. IPv4 written as IPv6 is judged as what it leads to. */
export function isPublicAddress(address: string): boolean {
  const plain = address
    .replace(/^\[|\]$/g, '')
    .replace(/%.*$/, '')
    .replace(/^::ffff:(?=[\d.]+$)/i, '');
  const family = isIP(plain);
  if (family === 4) return !inside.check(plain, 'ipv4');
  if (family === 6) return global6.check(plain, 'ipv6') && !inside.check(plain, 'ipv6');
  return false;
}
