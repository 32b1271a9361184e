import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, it } from '@jest/globals';

import { jobRecord } from '../../test/factories/job-record.js';
import { MOST_ATTEMPTS, report, retryDelay } from './report.js';

const SECRET = 'a secret of this test';
let server: Server | undefined;
afterEach(() => {
  server?.close();
});

interface Seen {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const listen = async (status: number): Promise<{ url: string; seen: Seen[] }> => {
  const seen: Seen[] = [];
  const started = createServer((request, reply) => {
    void request.toArray().then((parts) => {
      seen.push({ headers: request.headers, body: Buffer.concat(parts as Buffer[]).toString() });
      reply.writeHead(status, { location: 'http://127.0.0.1:1/' }).end('x'.repeat(100_000));
    });
  });
  server = started;
  await new Promise<void>((listening) => started.listen(0, '127.0.0.1', listening));
  return { url: `http://127.0.0.1:${(started.address() as AddressInfo).port}/hook`, seen };
};
const send = (url: string, allowPrivate = true, attempt = 1) =>
  report(jobRecord({ status: 'complete', finished: 1_700_000_000_000 }), attempt, {
    callback: { url },
    secret: SECRET,
    allowPrivate,
    signal: new AbortController().signal,
  });

describe('the report of an end', () => {
  it('is signed over time and body, and names its delivery', async () => {
    const { url, seen } = await listen(204);
    const delivery = await send(url);
    expect(delivery).toMatchObject({ attempt: 1, status: 204, error: null, retryIn: null });
    const [{ headers, body } = { headers: {}, body: '' }] = seen;
    const signed = `${String(headers['almanac-timestamp'])}.${body}`;
    expect(headers['almanac-signature']).toBe(
      `sha256=${createHmac('sha256', SECRET).update(signed).digest('hex')}`,
    );
    expect(headers['almanac-delivery']).toBe(delivery.delivery);
    expect(JSON.parse(body)).toMatchObject({
      event: 'job.complete',
      delivery: delivery.delivery,
      job: { status: 'complete' },
    });
  });

  it.each([
    [500, 1_000],
    [302, 1_000],
    [410, null],
  ])('is tried again, or not, after %d', async (status, retryIn) => {
    const { url } = await listen(status);
    expect(await send(url)).toMatchObject({ status, error: `the answer was ${status}`, retryIn });
  });

  it('is tried again where nobody answers', async () => {
    const delivery = await send('http://127.0.0.1:1/hook', true, 3);
    expect(delivery).toMatchObject({ status: null, retryIn: 4_000 });
    expect(delivery.error).toContain('ECONNREFUSED');
  });

  it('does not go to this machine, and is not tried again', async () => {
    const { url, seen } = await listen(204);
    expect(await send(url, false)).toMatchObject({ status: null, retryIn: null });
    expect(seen).toEqual([]);
  });

  it('is given up after some hours', () => {
    expect(retryDelay(MOST_ATTEMPTS)).toBeNull();
    const all = Array.from({ length: MOST_ATTEMPTS - 1 }, (_, i) => retryDelay(i + 1) ?? 0);
    expect(all.reduce((sum, ms) => sum + ms, 0) / 3_600_000).toBeCloseTo(3.14, 1);
  });
});
