import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { Keys } from '../../src/redis/keys.js';
import { http, type PageBody } from '../support/http.js';
import { AlmanacProcess } from '../support/processes.js';
import { until } from '../support/until.js';

let api: AlmanacProcess;
let other: AlmanacProcess;
let redis: Redis;
beforeAll(async () => {
  api = await AlmanacProcess.api();
  other = await AlmanacProcess.api({ KEY_PREFIX: api.env['KEY_PREFIX'] });
  redis = new Redis(String(api.env['REDIS_URL']));
});
afterAll(async () => {
  redis.disconnect();
  await Promise.all([api.stop(), other.stop()]);
});

const url = (path: string, server = api): string => `${server.url}/datasets/counts${path}`;

describe('compaction', () => {
  it('folds many edits into a new generation while edits go on, and loses none', async () => {
    const rows = Array.from({ length: 100 }, (_, i) => `${String(i)},0`);
    await http(url(''), { method: 'PUT', body: `id,n\n${rows.join('\n')}\n` });
    const keys = new Keys(String(api.env['KEY_PREFIX']));
    const generation = (): Promise<string | null> =>
      redis.hget(keys.dataset('counts'), 'generation');
    const before = await generation();
    for (const start of [1000, 4000]) {
      const body = Array.from({ length: 3000 }, (_, i) => ({ id: start + i, n: 1 }));
      expect((await http(url('/records'), { method: 'POST', body })).status).toBe(201);
    }
    await http(url('/records/50'), { method: 'DELETE' });
    let patched = 0;
    await until(
      async () => {
        patched++;
        const server = patched % 2 === 0 ? api : other;
        const answer = await http(url('/records/7', server), {
          method: 'PATCH',
          body: { n: patched },
        });
        expect(answer.status).toBe(200);
        expect((await http(url('/records/7', patched % 3 === 0 ? api : other))).body['n']).toBe(
          patched,
        );
        return (await generation()) !== before;
      },
      { what: 'a new generation', deadline: 20_000, interval: 5 },
    );
    expect(await redis.hlen(keys.edits('counts'))).toBeLessThan(10);
    for (const server of [api, other]) {
      const page = await http<PageBody>(url('/records?limit=8&n__gt=0', server));
      expect(page.body).toMatchObject({ total: 6001, version: `1.${String(6001 + patched)}` });
      expect(page.body.records.map(({ id }) => id)).toEqual([
        7, 1000, 1001, 1002, 1003, 1004, 1005, 1006,
      ]);
      expect((await http(url('/records/50', server))).status).toBe(404);
      expect((await http(url('', server))).body['rows']).toBe(6099);
    }
    expect((await http(url('/records/7'), { method: 'PATCH', body: { n: -1 } })).status).toBe(200);
    expect((await http(url('/records/7', other))).body['n']).toBe(-1);
  });
});
