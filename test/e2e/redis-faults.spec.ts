import { cpSync, rmSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { http, type Answer, type PageBody } from '../support/http.js';
import { AlmanacProcess } from '../support/processes.js';
import { RedisServer } from '../support/redis-server.js';
import { until } from '../support/until.js';

/** Redis killed and restored under two processes: what was acknowledged is there, and nothing is half there. */
const ROWS = 400;
const ROUNDS = Number(process.env['FAULTS'] ?? '2');
let redis: RedisServer;
let api: AlmanacProcess;
let other: AlmanacProcess;

const csvOf = (rows: number, value: string): string =>
  `id,v\n${Array.from({ length: rows }, (_, i) => `${String(i)},${value}`).join('\n')}\n`;
const at = (path: string, server = api): string => `${server.url}/datasets/t${path}`;
const put = (body: string, server = api): Promise<Answer> =>
  http(at('', server), { method: 'PUT', body, headers: { 'content-type': 'text/csv' } });
const patch = (id: number, v: string, server = api): Promise<Answer> =>
  http(at(`/records/${String(id)}`, server), { method: 'PATCH', body: { v } });
const value = async (id: number, server = api): Promise<unknown> =>
  (await http(at(`/records/${String(id)}`, server))).body['v'];
const page = async (query: string, server = api): Promise<PageBody> =>
  (await http<PageBody>(at(`/records?${query}`, server))).body;

beforeAll(async () => {
  redis = await RedisServer.create();
  api = await AlmanacProcess.api({ REDIS_URL: redis.url });
  other = await AlmanacProcess.api({ REDIS_URL: redis.url, KEY_PREFIX: api.env['KEY_PREFIX'] });
}, 120_000);
afterAll(async () => {
  await Promise.all([api.stop(), other.stop()]);
  await redis.remove();
});

/** Waits until both processes answer again. */
async function back(): Promise<void> {
  for (const server of [api, other]) {
    await until(async () => (await http(at('/records?limit=1', server))).status === 200, {
      ...{ what: 'an answer after Redis is back', deadline: 30_000 },
    });
  }
}

describe('data under faults of Redis', () => {
  it('every acknowledged write is there when Redis is killed in the middle of writes, none is half there', async () => {
    expect((await put(csvOf(ROWS, 'v0'))).status).toBe(201);
    /** Rows 0 to 199 are changed one by one; 200 to 399 by lists of ten, which have to stay alike. */
    const acknowledged = new Map<number, string>();
    const sent = new Map<number, Set<string>>();
    let running = true;
    const write = async (
      ids: readonly number[],
      v: string,
      server: AlmanacProcess,
    ): Promise<void> => {
      for (const id of ids) sent.set(id, (sent.get(id) ?? new Set()).add(v));
      const answer = await (ids.length === 1
        ? patch(ids[0] ?? 0, v, server)
        : http(at('/records', server), { method: 'PATCH', body: ids.map((id) => ({ id, v })) }));
      expect([200, 503]).toContain(answer.status);
      if (answer.status !== 200) return;
      for (const id of ids) {
        acknowledged.set(id, v);
        sent.set(id, new Set());
      }
    };
    const writer = async (first: number, step: number, server: AlmanacProcess): Promise<void> => {
      for (let n = 1; running; n++) {
        const start = first + ((n * step) % 100);
        await write(
          Array.from({ length: step }, (_, i) => start + i),
          `v${String(n)}`,
          server,
        );
      }
    };
    const reader = async (server: AlmanacProcess): Promise<void> => {
      while (running) {
        const answer = await http<PageBody>(at('/records?id__gte=200&limit=1000', server));
        if (answer.status === 200) expect(mixtures(answer.body)).toEqual([]);
        else expect(answer.status).toBe(503);
      }
    };
    const all = [writer(0, 1, api), writer(100, 1, other), writer(200, 10, api)];
    all.push(writer(300, 10, other), reader(api), reader(other));
    try {
      for (let round = 0; round < ROUNDS; round++) {
        const edits = await until(async () => editOf(await page('limit=0')), { what: 'an edit' });
        await until(async () => editOf(await page('limit=0')) > edits + 20 * (round % 5), {
          what: 'edits',
        });
        await redis.kill();
        await redis.start();
        await back();
      }
    } finally {
      running = false;
      await Promise.all(all);
    }
    expect(acknowledged.size).toBeGreaterThan(10);
    for (const server of [api, other]) {
      const { records, total } = await page('limit=1000', server);
      expect(total).toBe(ROWS);
      const lost = records.filter(({ id, v }) => {
        const wanted = acknowledged.get(Number(id)) ?? 'v0';
        // What was sent later without an answer may be there or not.
        return String(v) !== wanted && sent.get(Number(id))?.has(String(v)) !== true;
      });
      expect(lost).toEqual([]);
    }
  }, 300_000);

  it('where Redis comes back with an older state, readers see that and no mixture, and edits go on', async () => {
    expect((await put(csvOf(ROWS, 'old'))).status).toBe(200);
    expect((await patch(1, 'kept')).status).toBe(200);
    const before = await page('limit=1000');
    await redis.stop();
    const copy = `${redis.folder}-copy`;
    cpSync(redis.folder, copy, { recursive: true });
    await redis.start();
    await back();
    for (const id of [1, 2]) expect((await patch(id, 'ahead')).status).toBe(200);
    const ahead = await http<PageBody>(at('/records?limit=1'));
    const tag = { headers: { 'if-none-match': ahead.headers.get('etag') ?? '' } };
    expect((await http(at('/records?limit=1', other), tag)).status).toBe(304);
    expect((await patch(3, 'ahead')).status).toBe(200);
    expect((await http(at('/records/4'), { method: 'DELETE' })).status).toBe(204);
    for (const server of [api, other]) {
      expect((await page('v=ahead', server)).total).toBe(3);
      expect([await value(2, server), await value(3, server)]).toEqual(['ahead', 'ahead']);
    }
    await redis.kill();
    rmSync(redis.folder, { recursive: true });
    cpSync(copy, redis.folder, { recursive: true });
    rmSync(copy, { recursive: true });
    await redis.start();
    await back();
    // Two edits, as many as a replica that is ahead could take for its own.
    expect((await patch(5, 'after', other)).status).toBe(200);
    expect((await patch(6, 'after', api)).status).toBe(200);
    const wanted = before.records.map(({ id, v }) => ({
      ...{ id, v: id === 5 || id === 6 ? 'after' : v },
    }));
    for (const server of [api, other]) {
      expect((await page('limit=1000', server)).records).toEqual(wanted);
      expect((await page('v=ahead', server)).total).toBe(0);
      const sameNumber = await http<PageBody>(at('/records?limit=1', server), tag);
      expect([sameNumber.status, sameNumber.body.version]).toEqual([200, ahead.body.version]);
      const values = await Promise.all([1, 2, 4, 5].map((id) => value(id, server)));
      expect(values).toEqual(['kept', 'old', 'old', 'after']);
    }
  }, 120_000);

  it('of loads by two processes at once the last acknowledged one is whole, and readers see no mixture', async () => {
    expect((await put(csvOf(ROWS, 'x'))).status).toBe(200);
    const reading = new AbortController();
    const reader = (async () => {
      while (!reading.signal.aborted) {
        const { records, total } = await page('limit=1000', other);
        expect(new Set(records.map(({ v }) => v)).size).toBe(1);
        expect(records.length).toBe(total);
      }
    })();
    try {
      for (let round = 0; round < ROUNDS; round++) {
        const names = [`A${String(round)}`, `B${String(round)}`];
        const answers = await Promise.all([
          put(csvOf(ROWS + round, names[0] ?? ''), api),
          put(csvOf(ROWS + round, names[1] ?? ''), other),
        ]);
        const statuses = answers.map(({ status }) => status);
        expect(statuses.filter((status) => status !== 200 && status !== 409)).toEqual([]);
        const there = await value(0);
        expect(names.filter((_, index) => statuses[index] === 200)).toContain(there);
        expect(await value(0, other)).toBe(there);
      }
    } finally {
      reading.abort();
      await reader;
    }
  }, 120_000);
});

const editOf = ({ version }: PageBody): number => Number(version.split('.')[1]);

/** Values of lists of ten records that do not have one value. */
function mixtures({ records }: PageBody): readonly unknown[] {
  const lists = new Map<number, Set<unknown>>();
  for (const { id, v } of records) {
    const list = Math.floor(Number(id) / 10);
    lists.set(list, (lists.get(list) ?? new Set()).add(v));
  }
  return [...lists.values()].filter(({ size }) => size > 1).map((values) => [...values]);
}
