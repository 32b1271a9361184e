import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { http, type Answer, type PageBody, type ProblemBody } from '../support/http.js';
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

/** A text that cannot be compressed. */
const text = (i: number): string => createHash('sha256').update(String(i)).digest('base64url');

/** Makes bytes all over a file wrong, but for its head. */
function damage(file: string): void {
  const { size } = statSync(file);
  const handle = openSync(file, 'r+');
  for (let at = 70_000; at < size; at += 20_000) writeSync(handle, 'damaged', at);
  closeSync(handle);
}

/** Writes to a file until its disk is full. */
function fill(file: string): void {
  const handle = openSync(file, 'w');
  try {
    for (;;) writeSync(handle, Buffer.alloc(4096));
  } catch {
    closeSync(handle);
  }
}

/** Whether this user may mount a small disk; without that the test of a full one is skipped. */
function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'almanac-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

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
    const after = await http<PageBody>(url('/records?sort=-v&limit=3'));
    expect(after).toMatchObject({ status: 200, body: before });
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

  it('a damaged file of the cache is fetched again, also one damaged without a change of its size', async () => {
    const shared = join(api.env['DATA_DIR'] ?? '', 'generations');
    const files = (): string[] => readdirSync(shared).map((name) => join(shared, name));
    const env = { REDIS_URL: redis.url, KEY_PREFIX: api.env['KEY_PREFIX'] };
    const total = async (path: string, server: AlmanacProcess): Promise<number | null> =>
      (await http<PageBody>(url(path, server))).body.total;
    const rows = Array.from({ length: 30_000 }, (_, i) => `${String(i)},${text(i)}`);
    expect((await put(`id,v\n${rows.join('\n')}\n`)).status).toBe(200);
    expect(await total('/records?limit=0', api)).toBe(30_000);
    for (const file of files()) damage(file);
    const fresh = await AlmanacProcess.api({ ...env, DATA_DIR: api.env['DATA_DIR'] });
    try {
      expect(await total(`/records?limit=1&v=${text(29_999)}`, fresh)).toBe(1);
      for (const file of files()) truncateSync(file, 1000);
      // Its own copy, of which the blocks with most of the values were not read yet.
      const own = join(api.env['DATA_DIR'] ?? '', 'private');
      expect((await put(`id,v\n${rows.slice(1).join('\n')}\n`)).status).toBe(200);
      expect((await http(url('/records/1', fresh))).status).toBe(200);
      for (const name of readdirSync(own, { recursive: true }).map(String)) {
        if (name.endsWith('.duckdb')) damage(join(own, name));
      }
      const statuses = [];
      for (let n = 0; n < 3; n++) statuses.push((await http(url('/summary', fresh))).status);
      expect(statuses).toEqual([503, 200, 200]);
      expect(await total(`/records?limit=1&v=${text(29_999)}`, fresh)).toBe(1);
      expect(fresh.log.filter(({ msg }) => msg === 'internal')).toEqual([]);
    } finally {
      await fresh.stop();
    }
  });

  it('a loader that is killed at any point changes nothing, and leaves nothing behind', async () => {
    const folder = join(api.env['DATA_DIR'] ?? '', 'private');
    const left = (): string[] =>
      readdirSync(folder, { recursive: true })
        .map(String)
        .filter((name) => name.includes('/'));
    expect((await put(csvOf(1000, 'old'))).status).toBe(200);
    let { version } = (await http<PageBody>(url('/records?limit=0'))).body;
    await until(() => left().length === 1, { what: 'one replica and nothing else' });
    const body = csvOf(600_000, 'new');
    let killed = 0;
    for (let round = 0; killed < Number(process.env['FAULTS'] ?? '2'); round++) {
      expect(round).toBeLessThan(100);
      const ended = new AbortController();
      const loading = put(body).finally(() => {
        ended.abort();
      });
      await until(
        () => ended.signal.aborted || left().some((name) => name.endsWith('table.duckdb')),
        {
          ...{ what: 'a loader at work', interval: 1 },
        },
      ).catch(() => undefined);
      await sleep(Math.random() * 300);
      for (const pid of ended.signal.aborted ? [] : api.childrenWith('loader.process'))
        process.kill(pid, 'SIGKILL');
      const { status } = await loading;
      const page = (await http<PageBody>(url('/records?limit=1'))).body;
      if (status === 200) {
        expect(page).toMatchObject({ total: 600_000, records: [{ v: 'new' }] });
        expect((await put(csvOf(1000, 'old'))).status).toBe(200);
        ({ version } = (await http<PageBody>(url('/records?limit=0'))).body);
      } else {
        killed++;
        expect(status).toBe(422);
        expect(page).toMatchObject({ total: 1000, version, records: [{ v: 'old' }] });
      }
      await until(() => left().length === 1, { what: 'one replica and nothing else' });
    }
    expect((await put(csvOf(10, 'next'))).status).toBe(200);
  }, 120_000);

  const whereMountable = canMount() ? it : it.skip;
  whereMountable(
    'a full disk for the cache is a clear problem for what needs it, and passes',
    async () => {
      const disk = mkdtempSync(join(tmpdir(), 'almanac-disk-'));
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', disk]);
      const small = await AlmanacProcess.api({
        ...{ REDIS_URL: redis.url, KEY_PREFIX: api.env['KEY_PREFIX'], DATA_DIR: disk },
      });
      const big = (path: string, server: AlmanacProcess): string =>
        `${server.url}/datasets/big${path}`;
      const full = { status: 507, body: { code: 'storage-full' } };
      try {
        expect((await put(csvOf(1000, 'old'))).status).toBe(200);
        expect(await http(url('/records?limit=1', small))).toMatchObject({ status: 200 });
        const csv = Array.from({ length: 200_000 }, (_, i) => `${String(i)},${text(i)}`);
        const sent = { method: 'PUT', body: `id,v\n${csv.join('\n')}\n` };
        expect((await http(big('', api), sent)).status).toBe(201);
        expect(await http(big('/records?limit=1', small))).toMatchObject(full);
        expect(await http(url('/records?limit=1', small))).toMatchObject({ status: 200 });
        const filler = join(disk, 'filler');
        const rehearses = (): boolean =>
          readdirSync(disk, { recursive: true }).some((name) =>
            String(name).endsWith('.rehearsal'),
          );
        await until(() => !rehearses(), { what: 'a loader that gives its room back' });
        fill(filler);
        const edited = Array.from({ length: 500 }, (_, id) => ({ id, v: 'x'.repeat(200) }));
        const post = { method: 'POST', body: edited };
        expect((await http(url('/records?onConflict=replace'), post)).status).toBe(201);
        expect(await http(url('/records?limit=1', small))).toMatchObject(full);
        rmSync(filler);
        const page = (await http<PageBody>(url('/records?limit=0&v__startswith=xxx', small))).body;
        expect(page.total).toBe(500);
        expect(small.log.filter(({ msg }) => msg === 'internal')).toEqual([]);
      } finally {
        await small.stop();
        execFileSync('umount', ['-l', disk]);
        rmSync(disk, { recursive: true });
      }
    },
  );

  it('a Redis at its memory limit refuses what does not fit, with numbers, and keeps what it has', async () => {
    const small = await RedisServer.create('--maxmemory', '6mb');
    const server = await AlmanacProcess.api({ REDIS_URL: small.url });
    const total = async (): Promise<number | null> =>
      (await http<PageBody>(url('/records?limit=0', server))).body.total;
    try {
      const rows = Array.from({ length: 120_000 }, (_, i) => `${String(i)},${text(i)}`);
      const sent = { method: 'PUT', body: `id,v\n${rows.join('\n')}\n` };
      const large = await http<ProblemBody & { needed: number; available: number }>(
        url('', server),
        sent,
      );
      expect([large.status, large.body.code]).toEqual([507, 'storage-full']);
      expect(large.body.needed).toBeGreaterThan(large.body.available);
      expect((await http(url('', server))).status).toBe(404);

      expect((await put(csvOf(1000, 'old'), server)).status).toBe(201);
      let written = 1000;
      const add = async (length: number): Promise<Answer> => {
        const body = Array.from({ length: 10 }, (_, i) => ({
          id: written + i,
          v: 'x'.repeat(length),
        }));
        const answer = await http(url('/records', server), { method: 'POST', body });
        if (answer.status === 201) written += body.length;
        return answer;
      };
      for (const length of [50_000, 5_000]) {
        let answer = await add(length);
        while (answer.status === 201 && written < 5000) answer = await add(length);
        expect(answer).toMatchObject({ status: 507, body: { code: 'storage-full' } });
      }
      expect(await total()).toBe(written);
      const patch = { method: 'PATCH', body: { v: 'y'.repeat(60_000) } };
      const again = await http(url('/records/1', server), patch);
      expect(again).toMatchObject({ status: 507, body: { code: 'storage-full' } });
      expect((await http(url('/records/1', server))).body['v']).toBe('old');
      expect((await put(csvOf(1000, 'next'), server)).status).toBe(507);
      expect(await total()).toBe(written);

      expect((await http(url('', server), { method: 'DELETE' })).status).toBe(204);
      expect((await put(csvOf(10, 'again'), server)).status).toBe(201);
      expect(await total()).toBe(10);
      expect(server.log.filter(({ msg }) => msg === 'internal')).toEqual([]);
    } finally {
      await server.stop();
      await small.remove();
    }
  }, 60_000);
});
