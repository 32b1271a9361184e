import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, it } from '@jest/globals';

import { isPublicAddress } from '../../net/addresses.js';
import { fetchSource, type Fetched, type FetchOptions } from './fetch-source.js';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(listener: RequestListener): Promise<number> {
  server = createServer(listener).listen(0, '0.0.0.0');
  await new Promise((resolve) => server?.once('listening', resolve));
  return (server.address() as AddressInfo).port;
}

/** Only one address of this machine is allowed, so that another one stands for a private network. */
const only = (address: string): boolean => address === '127.0.0.1';

const ask = (url: string, options: Partial<FetchOptions> = {}): Promise<Fetched | null> =>
  fetchSource(url, {
    allowed: only,
    known: null,
    signal: new AbortController().signal,
    ...options,
  });

async function textOf(fetched: Fetched | null): Promise<string> {
  let text = '';
  for await (const chunk of fetched?.body ?? []) text += String(chunk);
  return text;
}

describe('fetching a source', () => {
  it('gives its content, and what the server says of it', async () => {
    const port = await serve((_, reply) => {
      reply.writeHead(200, { etag: '"1"', 'content-type': 'text/csv', 'content-length': 4 });
      reply.end('a\n1\n');
    });
    const fetched = await ask(`http://localhost:${String(port)}/`);
    expect(fetched).toMatchObject({ etag: '"1"', contentType: 'text/csv', bytes: 4 });
    expect(await textOf(fetched)).toBe('a\n1\n');
  });

  it('says in words that a name cannot be looked up, with a network or without', async () => {
    await expect(ask('http://nowhere.invalid/table.csv')).rejects.toMatchObject({
      code: 'source-failed',
      detail: expect.stringMatching(
        /its name cannot be looked up|there is no such name/,
      ) as unknown,
    });
  });

  it('follows redirects, and gives up after some', async () => {
    const port = await serve(({ url }, reply) => {
      const more = url === '/first' || url === '/loop';
      reply.writeHead(
        more ? 302 : 200,
        more ? { location: url === '/loop' ? '/loop' : '/last' } : {},
      );
      reply.end('x');
    });
    const at = `http://127.0.0.1:${String(port)}`;
    expect((await ask(`${at}/first`))?.url).toBe(`${at}/last`);
    await expect(ask(`${at}/loop`)).rejects.toMatchObject({ code: 'source-failed' });
  });

  it.each([
    'http://127.0.0.2:PORT/',
    'http://[::ffff:127.0.0.2]:PORT/',
    'file:///etc/passwd',
    'http://10.0.0.1/',
  ])('refuses a redirect to %s', async (location) => {
    let asked = 0;
    const port = await serve((request, reply) => {
      asked++;
      const to = location.replace('PORT', String(request.socket.localPort));
      reply.writeHead(302, { location: to }).end();
    });
    await expect(ask(`http://127.0.0.1:${String(port)}/`)).rejects.toMatchObject({
      code: 'source-refused',
    });
    expect(asked).toBe(1);
  });

  it('refuses a name of a private address before it connects', async () => {
    let asked = 0;
    const port = await serve((_, reply) => {
      asked++;
      reply.end();
    });
    await expect(
      ask(`http://localhost:${String(port)}/`, { allowed: isPublicAddress }),
    ).rejects.toMatchObject({ code: 'source-refused' });
    expect(asked).toBe(0);
  });

  it('asks whether the known content has changed', async () => {
    const port = await serve(({ headers }, reply) => {
      reply.writeHead(headers['if-none-match'] === '"1"' ? 304 : 200).end('x');
    });
    const at = `http://127.0.0.1:${String(port)}/`;
    expect(await ask(at, { known: { etag: '"1"', lastModified: null } })).toBeNull();
    expect(await textOf(await ask(at, { known: { etag: '"0"', lastModified: null } }))).toBe('x');
  });

  it.each([
    [404, {}, 'answered 404'],
    [200, { 'content-type': 'text/html' }, 'answered with a page'],
    [200, { 'content-encoding': 'br' }, 'compresses with br'],
  ])('says what is wrong with an answer: %i %j', async (status, headers, message) => {
    const port = await serve((_, reply) => {
      reply.writeHead(status, headers).end('x');
    });
    await expect(ask(`http://127.0.0.1:${String(port)}/`)).rejects.toThrow(message);
  });

  it('ends when it is told to', async () => {
    const port = await serve(() => undefined);
    const ending = new AbortController();
    setTimeout(() => {
      ending.abort();
    }, 50);
    await expect(
      ask(`http://127.0.0.1:${String(port)}/`, { signal: ending.signal }),
    ).rejects.toThrow(/abort/i);
  });
});
