import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { http, type ProblemBody } from '../support/http.js';
import { AlmanacProcess } from '../support/processes.js';
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

let api: AlmanacProcess;
let other: AlmanacProcess;
const started: AlmanacProcess[] = [];
beforeAll(async () => {
  api = await AlmanacProcess.api();
  other = await AlmanacProcess.api({ KEY_PREFIX: api.env['KEY_PREFIX'] });
  const body = 'id,class\n1,L6\n2,H5\n3,L6\n';
  expect((await http(`${api.url}/datasets/stones`, { method: 'PUT', body })).status).toBe(201);
});
afterAll(async () => {
  await Promise.all([api, other, ...started].map((process) => process.stop()));
});

const worker = async (args: readonly string[] = []) => {
  const one = await AlmanacProcess.worker(
    { KEY_PREFIX: api.env['KEY_PREFIX'] },
    { args, ready: args.length === 0 },
  );
  started.push(one);
  return one;
};
const queue = async (of = api) => (await http<QueueBody>(`${of.url}/queues/analyses`)).body;
const steer = (action: string, body?: object, of = api) =>
  http<QueueBody>(`${of.url}/queues/analyses/${action}`, { method: 'POST', ...(body && { body }) });
let top = 0;
const submit = (of = api) =>
  http<ProblemBody & { id: string }>(`${of.url}/jobs`, {
    method: 'POST',
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

  it('are left alone by workers while they are paused', async () => {
    expect((await steer('pause')).body.paused).toBe(true);
    await worker();
    const { waiting } = await queue();
    const { body } = await submit(other);
    await new Promise((later) => setTimeout(later, 500));
    expect(await queue(other)).toMatchObject({ waiting: waiting + 1, active: 0, paused: true });
    const waits = await http<object>(`${api.url}/jobs/${body.id}`);
    expect(waits.body).toMatchObject({ position: waiting + 1, estimate: null });
    expect((await steer('resume', undefined, other)).body.paused).toBe(false);
    await until(
      async () => {
        const job = await http<{ status: string }>(`${api.url}/jobs/${body.id}`);
        return job.body.status === 'complete';
      },
      { deadline: 60_000 },
    );
    await until(async () => (await queue()).waiting === 0, { deadline: 30_000 });
  }, 120_000);

  it('are worked off by a worker with --drain, which then ends', async () => {
    for (const process of started.splice(0)) expect((await process.stop()).code).toBe(0);
    const accepted = await Promise.all(Array.from({ length: 12 }, () => submit()));
    await steer('close');
    const drainer = await worker(['--drain']);
    expect(await drainer.exited).toEqual({ code: 0, signal: null });
    expect(await queue()).toMatchObject({ waiting: 0, active: 0, drained: true });
    for (const { body } of accepted) {
      const job = await http<{ status: string }>(`${api.url}/jobs/${body.id}`);
      expect(job.body.status).toBe('complete');
    }
    await steer('open');
    const idle = await worker(['--drain']);
    expect((await idle.exited).code).toBe(0);
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
    const key = 'a-key-of-this-test';
    const locked = await AlmanacProcess.api({ KEY_PREFIX: api.env['KEY_PREFIX'], API_KEYS: key });
    started.push(locked);
    const status = async (path: string, authorization?: string) => {
      const headers = authorization === undefined ? {} : { authorization };
      return (await fetch(`${locked.url}/queues/board${path}`, { headers })).status;
    };
    const basic = (password: string) => `Basic ${Buffer.from(`me:${password}`).toString('base64')}`;
    expect(await status('')).toBe(401);
    expect(await status('/api/queues')).toBe(401);
    expect(await status('', basic('wrong'))).toBe(401);
    expect(await status('/api/queues', `Bearer ${key}`)).toBe(200);
    expect(await status('', basic(key))).toBe(200);
    const asked = await fetch(`${locked.url}/queues/board`);
    expect(asked.headers.get('www-authenticate')).toContain('Basic');
    expect(await asked.json()).toMatchObject({ code: 'unauthorized' });
  });
});
