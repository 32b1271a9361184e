import { createServer, type Server } from 'node:http';
import { lookup } from 'node:dns/promises';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { outboundUrl, RefusedAddress, sendOutbound } from './outbound.js';

/** The name of this machine leads to an address inside of its network, where it leads anywhere. */
const named = await lookup(hostname()).catch(() => null);

let server: Server;
let port: number;
beforeAll(async () => {
  server = createServer((request, reply) => {
    reply.end(`${request.method ?? ''} ${request.url ?? ''}`);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => {
  server.close();
});

const send = (url: string, allowPrivate: boolean) =>
  sendOutbound(new URL(url), {
    method: 'POST',
    headers: {},
    body: 'hello',
    signal: AbortSignal.timeout(5_000),
    allowPrivate,
  });

describe('requests to the outside', () => {
  it.each([
    ...[
      'ftp://example.org/x',
      'file:///etc/passwd',
      'example.org',
      '',
      'http://user:secret@example.org/',
    ],
    ...[
      'http://127.0.0.1/',
      'http://2130706433/',
      'http://0x7f.1/',
      'http://[::1]/',
      'http://localhost/',
    ],
    ...['http://169.254.169.254/latest', 'http://[::ffff:10.0.0.1]/', 'http://redis.internal/'],
  ])('do not go to %s', (url) => {
    expect(() => outboundUrl(url, false)).toThrow(RefusedAddress);
  });

  it('go to a public address', () => {
    expect(outboundUrl('https://example.org/hook?x=1', false).hostname).toBe('example.org');
  });

  it('go inside only where that is allowed', async () => {
    const url = `http://127.0.0.1:${port}/hook`;
    await expect(send(url, false)).rejects.toThrow(RefusedAddress);
    const answer = await send(url, true);
    expect((await answer.toArray()).join('')).toBe('POST /hook');
  });

  (named === null ? it.skip : it)('look where a name leads', async () => {
    await expect(send(`http://${hostname()}:${port}/hook`, false)).rejects.toThrow(RefusedAddress);
  });
});
