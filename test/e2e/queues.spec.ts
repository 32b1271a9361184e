import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { http, type ProblemBody } from '../support/http.js';
import { AlmanacProcess, uniquePrefix } from '../support/processes.js';
import { until } from '../support/until.js';

interface QueueBody {
  readonly waiting: number;
  readonly active: number;
  readonly completed: number;
  readonly failed: number;
  readonly paused: boolean;
  readonly writable: boolean;
  readonly drained: boolean;
  readonly message: string | null;
}

const KEY_PREFIX = uniquePrefix();
const KEY = 'a-key-of-this-test';
const bearer = { authorization: `Bearer ${KEY}` };
let api: AlmanacProcess;
/** The same service; it asks for a key. */
let other: AlmanacProcess;
const started: AlmanacProcess[] = [];
beforeAll(async () => {
  [api, other] = await Promise.all([
    AlmanacProcess.api({ KEY_PREFIX }),
    AlmanacProcess.api({ KEY_PREFIX, API_KEYS: KEY }),
  ]);
  const body = 'id,class\n1,L6\n2,H5\n3,L6\n';
  expect((await http(`${api.url}/datasets/stones`, { method: 'PUT', body })).status).toBe(201);
});
afterAll(async () => {
  await Promise.all([api, other, ...started].map((process) => process.stop()));
});

const worker = async (args: readonly string[]) => {
  const one = await AlmanacProcess.worker({ KEY_PREFIX }, { args, ready: false });
  started.push(one);
  return one;
};
const queue = async (of = api) => (await http<QueueBody>(`${of.url}/queues/analyses`)).body;
const steer = (action: string, body?: object, of = api) =>
  http<QueueBody>(`${of.url}/queues/analyses/${action}`, {
    ...{ method: 'POST', headers: bearer },
    ...(body && { body }),
  });
let top = 0;
const submit = (of = api) =>
  http<ProblemBody & { id: string }>(`${of.url}/jobs`, {
    ...{ method: 'POST', headers: bearer },
    body: { analysis: 'value-counts', dataset: 'stones', params: { column: 'class', top: ++top } },
  });

describe('queues', () => {
  it('are listed with their counts', async () => {
    const { status, body } = await http<{ queues: QueueBody[] }>(`${api.url}/queues`);
    expect(status).toBe(200);
    expect(body.queues).toEqual([
      expect.objectContaining({ name: 'analyses', waiting: 0, writable: true, drained: false }),
      expect.objectContaining({ name: 'articles', waiting: 0, writable: true, drained: false }),
      expect.objectContaining({ name: 'article-entities', waiting: 0, drained: false }),
    ]);
    const unknown = await http<ProblemBody>(`${api.url}/queues/nonsense`);
    expect([unknown.status, unknown.body.code]).toEqual([404, 'unknown-queue']);
    expect(unknown.body.detail).toContain('there are analyses, articles, article-entities');
  });

  it('refuse jobs in every process while they are closed, and say why', async () => {
    expect((await steer('close', { message: 'back at noon' })).body.writable).toBe(false);
    for (const process of [api, other]) {
      const refused = await submit(process);
      expect([refused.status, refused.body.code]).toEqual([503, 'queue-closed']);
      expect(refused.body.detail).toContain('back at noon');
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect(await queue(other)).toMatchObject({
      writable: false,
      drained: true,
      message: 'back at noon',
    });
    expect((await steer('open', undefined, other)).body.writable).toBe(true);
    expect((await submit()).status).toBe(202);
    const wrong = await steer('close', { message: 7 });
    expect(wrong.status).toBe(400);
  });

  it('are closed, opened, paused and resumed for every process at once', async () => {
    const states = async () =>
      Promise.all(
        [api, other].map(async (of) =>
          (({ writable, paused }) => [writable, paused])(await queue(of)),
        ),
      );
    for (const [first, second] of [
      [api, other],
      [other, api],
    ] as const) {
      // Both at the same time: what one process does the other sees in its next answer.
      await Promise.all([steer('close', undefined, first), steer('pause', undefined, second)]);
      expect(await states()).toEqual([
        [false, true],
        [false, true],
      ]);
      expect((await submit(second)).status).toBe(503);
      await Promise.all([steer('open', undefined, second), steer('resume', undefined, first)]);
      expect(await states()).toEqual([
        [true, false],
        [true, false],
      ]);
    }
  });

  it('are left alone while they are paused, and worked off by a worker with --drain, which then ends', async () => {
    expect((await steer('pause')).body.paused).toBe(true);
    const drainer = await worker(['--drain']);
    await until(() => drainer.output.includes('takes jobs'), { deadline: 60_000 });
    const { waiting } = await queue();
    const { body } = await submit(other);
    await new Promise((later) => setTimeout(later, 500));
    expect(await queue(other)).toMatchObject({ waiting: waiting + 1, active: 0, paused: true });
    const waits = await http<object>(`${api.url}/jobs/${body.id}`);
    expect(waits.body).toMatchObject({ position: waiting + 1, estimate: null });
    const accepted = await Promise.all(Array.from({ length: 12 }, () => submit()));
    await steer('close');
    expect(drainer.exit).toBeUndefined();
    expect((await steer('resume', undefined, other)).body.paused).toBe(false);
    expect(await drainer.exited).toEqual({ code: 0, signal: null });
    expect(await queue()).toMatchObject({ waiting: 0, active: 0, drained: true });
    for (const { id } of [body, ...accepted.map((answer) => answer.body)]) {
      const job = await http<{ status: string }>(`${api.url}/jobs/${id}`);
      expect(job.body.status).toBe('complete');
    }
    await steer('open');
    const mistyped = await worker(['--drian']);
    expect((await mistyped.exited).code).toBe(1);
    expect(mistyped.output).toContain('--drain');
  }, 180_000);
});

describe('the board', () => {
  it('shows the queue, with all that its page needs from here', async () => {
    const page = await fetch(`${api.url}/queues/board`);
    const html = await page.text();
    expect([page.status, page.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    const assets = [...html.matchAll(/(?:src|href)="(static\/[^"]+)"/g)].map(
      ([, path = '']) => path,
    );
    expect(assets.length).toBeGreaterThan(2);
    for (const asset of assets) {
      expect((await fetch(`${api.url}/queues/board/${asset}`)).status).toBe(200);
    }
    const { body } = await http<{ queues: { name: string; readOnlyMode: boolean }[] }>(
      `${api.url}/queues/board/api/queues`,
    );
    expect(body.queues).toEqual([
      expect.objectContaining({ name: 'analyses', readOnlyMode: true }),
      expect.objectContaining({ name: 'articles', readOnlyMode: true }),
      expect.objectContaining({ name: 'article-entities', readOnlyMode: true }),
    ]);
  });

  it('changes nothing', async () => {
    const answer = await fetch(`${api.url}/queues/board/api/queues/analyses/pause`, {
      method: 'PUT',
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect((await queue()).paused).toBe(false);
  });

  it('needs a key where there are keys, as a bearer or as a password', async () => {
    const status = async (path: string, authorization?: string) => {
      const headers = authorization === undefined ? {} : { authorization };
      return (await fetch(`${other.url}/queues/board${path}`, { headers })).status;
    };
    const basic = (password: string) => `Basic ${Buffer.from(`me:${password}`).toString('base64')}`;
    expect(await status('')).toBe(401);
    expect(await status('/api/queues')).toBe(401);
    expect(await status('', basic('wrong'))).toBe(401);
    expect(await status('/api/queues', bearer.authorization)).toBe(200);
    expect(await status('', basic(KEY))).toBe(200);
    const asked = await fetch(`${other.url}/queues/board`);
    expect(asked.headers.get('www-authenticate')).toContain('Basic');
    expect(await asked.json()).toMatchObject({ code: 'unauthorized' });
  });
});
