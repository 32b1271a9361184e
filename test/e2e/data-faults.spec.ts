import { truncateSync, readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { http, type PageBody, type ProblemBody } from '../support/http.js';
import { AlmanacProcess } from '../support/processes.js';
import { RedisServer } from '../support/redis-server.js';
import { until } from '../support/until.js';

/** Faults of the data engine: nothing that was acknowledged is lost, nobody sees a half state. */
let redis: RedisServer;
let api: AlmanacProcess;
const url = (path: string, server = api): string => `${server.url}/datasets/table${path}`;

function csvOf(rows: number, value: string): string {
  return `id,v\n${Array.from({ length: rows }, (_, i) => `${String(i)},${value}`).join('\n')}\n`;
}

const put = (body: string, server = api): Promise<{ status: number }> =>
  http(url('', server), { method: 'PUT', body, headers: { 'content-type': 'text/csv' } });

beforeAll(async () => {
  redis = await RedisServer.create();
  api = await AlmanacProcess.api({ REDIS_URL: redis.url });
});
afterAll(async () => {
  await api.stop();
  await redis.remove();
});

describe('data under faults', () => {
  it('an upload that ends in the middle leaves the old data', async () => {
    expect((await put(csvOf(1000, 'old'))).status).toBe(201);
    await new Promise<void>((resolve) => {
      const upload = request(url(''), {
        method: 'PUT',
        headers: { 'content-type': 'text/csv', 'content-length': 10_000_000 },
      });
      upload.on('error', () => {
        resolve();
      });
      upload.write(csvOf(50_000, 'new'), () => {
        upload.destroy();
      });
    });
    const page = await http<PageBody>(url('/records?limit=1'));
    expect(page.body).toMatchObject({
      total: 1000,
      version: '1.0',
      records: [{ id: 0, v: 'old' }],
    });
  });

  it('a process killed in the middle of a load leaves the old data', async () => {
    const victim = await AlmanacProcess.api({
      REDIS_URL: redis.url,
      KEY_PREFIX: api.env['KEY_PREFIX'],
    });
    const body = csvOf(400_000, 'new');
    const loading = put(body, victim).catch(() => ({ status: 0 }));
    const folder = join(victim.env['DATA_DIR'] ?? '', 'private');
    await until(
      () => readdirSync(folder, { recursive: true }).some((f) => String(f).endsWith('.duckdb')),
      {
        what: 'the loader at work',
        interval: 1,
      },
    );
    await victim.kill();
    expect((await loading).status).toBe(0);
    const page = await http<PageBody>(url('/records?limit=1'));
    expect(page.body).toMatchObject({ total: 1000, records: [{ v: 'old' }] });
    expect((await put(csvOf(10, 'next'))).status).toBe(200);
  });

  it('of two loads at the same time each answer is true, and readers see one whole table', async () => {
    const answers = await Promise.all([put(csvOf(20_000, 'A')), put(csvOf(20_000, 'B'))]);
    const statuses = answers.map(({ status }) => status).sort();
    expect([
      [200, 200],
      [200, 409],
    ]).toContainEqual(statuses);
    const [a, b] = await Promise.all(
      ['A', 'B'].map((v) => http<PageBody>(url(`/records?limit=0&v=${v}`))),
    );
    expect([a?.body.total, b?.body.total].sort()).toEqual([0, 20_000]);
  });

  it('Redis killed and restarted: the API says 503 meanwhile, reconnects, and all is there', async () => {
    await put(csvOf(100, 'kept'));
    expect((await http(url('/records/7'), { method: 'PATCH', body: { v: 'edited' } })).status).toBe(
      200,
    );
    const before = (await http<PageBody>(url('/records?sort=-v&limit=3'))).body;
    await redis.kill();
    const started = Date.now();
    for (const answer of [
      await http<ProblemBody>(url('/records')),
      await http<ProblemBody>(url('/records/7'), { method: 'PATCH', body: { v: 'lost?' } }),
      await http<ProblemBody>(`${api.url}/jobs`, {
        method: 'POST',
        body: { analysis: 'describe', dataset: 'table' },
      }),
    ]) {
      expect([answer.status, answer.body.code]).toEqual([503, 'storage-unavailable']);
      expect(answer.headers.get('retry-after')).not.toBeNull();
    }
    expect(Date.now() - started).toBeLessThan(12_000);
    expect((await http(`${api.url}/health/ready`)).status).toBe(503);
    expect((await http(`${api.url}/health/live`)).status).toBe(200);
    await redis.start();
    await api.ready();
    expect((await http<PageBody>(url('/records?sort=-v&limit=3'))).body).toEqual(before);
    expect((await http(url('/records/7'))).body['v']).toBe('edited');
    expect((await http(url('/records/8'), { method: 'PATCH', body: { v: 'after' } })).status).toBe(
      200,
    );
  });

  it('a new process with an empty cache finds data and edits', async () => {
    const fresh = await AlmanacProcess.api({
      REDIS_URL: redis.url,
      KEY_PREFIX: api.env['KEY_PREFIX'],
    });
    const page = await http<PageBody>(url('/records?v__not=kept', fresh));
    expect(page.body.records).toEqual([
      { id: 7, v: 'edited' },
      { id: 8, v: 'after' },
    ]);
    expect((await fresh.stop()).code).toBe(0);
  });

  it('a damaged file in the cache is fetched again', async () => {
    const folder = join(api.env['DATA_DIR'] ?? '', 'generations');
    for (const name of readdirSync(folder)) truncateSync(join(folder, name), 1000);
    const fresh = await AlmanacProcess.api({
      REDIS_URL: redis.url,
      KEY_PREFIX: api.env['KEY_PREFIX'],
      DATA_DIR: api.env['DATA_DIR'],
    });
    expect((await http<PageBody>(url('/records?limit=0', fresh))).body.total).toBe(100);
    await fresh.stop();
  });

  it('a dataset larger than what Redis has left is refused with both numbers', async () => {
    const small = await RedisServer.create('--maxmemory', '4mb');
    const server = await AlmanacProcess.api({ REDIS_URL: small.url });
    const rows = Array.from(
      { length: 300_000 },
      (_, i) => `${String(i)},${String(Math.sin(i))},x${String(i * 7919)}`,
    );
    const answer = await http<ProblemBody & { needed: number; available: number }>(
      url('', server),
      {
        method: 'PUT',
        body: `id,a,b\n${rows.join('\n')}\n`,
      },
    );
    expect([answer.status, answer.body.code]).toEqual([507, 'storage-full']);
    expect(answer.body.needed).toBeGreaterThan(answer.body.available);
    expect((await http(url('', server))).status).toBe(404);
    await server.stop();
    await small.remove();
  });
});
