import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { http, type ProblemBody } from '../support/http.js';
import { AlmanacProcess, uniquePrefix } from '../support/processes.js';
import { until } from '../support/until.js';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
interface DeliveriesBody {
  readonly deliveries: {
    delivery: string;
    attempt: number;
    status: number | null;
    retry: string | null;
  }[];
}

const SECRET = 'the secret of this service';
const env = {
  ...{ KEY_PREFIX: uniquePrefix(), CALLBACK_SECRET: SECRET, ALLOW_PRIVATE_SOURCES: 'true' },
  CRASH_AFTER: '2500ms',
};
let receiver: Server;
let url: string;
let api: AlmanacProcess;
/** The same service, as it is without settings. */
let usual: AlmanacProcess;
let worker: AlmanacProcess;
const received: Received[] = [];
/** What the receiver answers next; 204 where nothing is left. */
const answers: number[] = [];

beforeAll(async () => {
  receiver = createServer((request, reply) => {
    void request.toArray().then((parts) => {
      received.push({
        headers: request.headers,
        body: Buffer.concat(parts as Buffer[]).toString(),
      });
      reply.writeHead(answers.shift() ?? 204).end();
    });
  });
  await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  [api, usual, worker] = await Promise.all([
    AlmanacProcess.api(env),
    AlmanacProcess.api({ KEY_PREFIX: env.KEY_PREFIX }),
    startWorker(),
  ]);
  const body = 'id,class\n1,L6\n2,H5\n3,L6\n';
  expect((await http(`${api.url}/datasets/stones`, { method: 'PUT', body })).status).toBe(201);
});
afterAll(async () => {
  await Promise.all([api, usual, worker].map((process) => process.stop()));
  receiver.close();
});

const startWorker = () => AlmanacProcess.worker(env);
let top = 0;
const submit = (callback: object, of = api) =>
  http<ProblemBody & { id: string; callback: unknown }>(`${of.url}/jobs`, {
    method: 'POST',
    body: {
      ...{ analysis: 'value-counts', dataset: 'stones', callback },
      params: { column: 'class', top: ++top },
    },
  });
const deliveries = async (id: string) =>
  (await http<DeliveriesBody>(`${api.url}/jobs/${id}/deliveries`)).body.deliveries;

describe('callbacks', () => {
  it('report the end of a job, signed', async () => {
    const secret = 'a secret for this job only';
    const { status, body } = await submit({ url, secret });
    expect([status, body.callback]).toEqual([202, { url }]);
    await until(() => received.length === 1, { deadline: 60_000 });
    const [{ headers, body: sent } = { headers: {}, body: '' }] = received.splice(0);
    const signed = `${String(headers['almanac-timestamp'])}.${sent}`;
    expect(headers['almanac-signature']).toBe(
      `sha256=${createHmac('sha256', secret).update(signed).digest('hex')}`,
    );
    expect(JSON.parse(sent)).toMatchObject({ event: 'job.complete', job: { id: body.id } });
    expect(sent).not.toContain(secret);
    const listed = await until(async () => {
      const found = await deliveries(body.id);
      return found.length > 0 ? found : undefined;
    });
    expect(listed).toEqual([
      expect.objectContaining({ delivery: headers['almanac-delivery'], attempt: 1, status: 204 }),
    ]);
  }, 120_000);

  it('are tried again until somebody takes them, by another worker where theirs is killed', async () => {
    answers.push(500, 500, 500);
    const { body } = await submit({ url });
    await until(() => received.length === 2, { deadline: 60_000 });
    await worker.kill();
    worker = await startWorker();
    await until(() => received.length === 4, { deadline: 60_000 });
    const ids = new Set(received.splice(0).map(({ headers }) => headers['almanac-delivery']));
    expect(ids.size).toBe(1);
    const listed = await until(async () => {
      const found = await deliveries(body.id);
      return found.at(-1)?.status === 204 ? found : undefined;
    });
    // The worker may be killed after its attempt was taken and before it could be noted.
    const statuses = listed.map(({ status }) => status);
    expect(statuses.length).toBeGreaterThanOrEqual(3);
    expect(statuses).toEqual([...statuses.slice(0, -1).fill(500), 204]);
  }, 180_000);

  it('report a job that was cancelled while it waited', async () => {
    const delayed = await http<{ id: string }>(`${api.url}/jobs`, {
      method: 'POST',
      body: {
        ...{ analysis: 'describe', dataset: 'stones', callback: { url }, delay: 600 },
      },
    });
    await http(`${api.url}/jobs/${delayed.body.id}/cancel`, { method: 'POST' });
    await until(() => received.length === 1, { deadline: 30_000 });
    expect(JSON.parse(received.splice(0)[0]?.body ?? '')).toMatchObject({ event: 'job.cancelled' });
  }, 60_000);

  it.each([
    [{}, 'callback.url'],
    [{ url: 'ftp://example.org' }, 'callback.url'],
    [{ url: 'https://example.org', secret: 'short' }, 'callback.secret'],
    [{ url: 'https://example.org', nonsense: 1 }, 'callback.nonsense'],
  ])('refuse %j', async (callback, field) => {
    const { status, body } = await submit(callback);
    expect([status, body.errors?.[0]?.field]).toEqual([400, field]);
  });

  it('do not lead into private networks, and need a secret', async () => {
    for (const inside of [url, 'http://169.254.169.254/', 'http://localhost/', 'http://[::1]/']) {
      const { status, body } = await submit({ url: inside, secret: SECRET }, usual);
      expect([status, body.errors?.[0]?.field]).toEqual([400, 'callback.url']);
    }
    const unsigned = await submit({ url: 'https://example.org/hook' }, usual);
    expect([unsigned.status, unsigned.body.errors?.[0]?.field]).toEqual([400, 'callback.secret']);
  }, 60_000);
});
