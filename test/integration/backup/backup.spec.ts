import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';

import { Backups } from '../../../src/backup/backups.js';
import { restoreBackup } from '../../../src/backup/restore.js';
import { runBackup } from '../../../src/backup/run-backup.js';
import { verifyBackup } from '../../../src/backup/verify.js';
import type { Configuration } from '../../../src/config/configuration.js';
import { JobsClient } from '../../e2e/jobs-client.js';
import { Keys } from '../../../src/redis/keys.js';
import { testConfiguration } from '../../factories/configuration.js';
import { http, type PageBody } from '../../support/http.js';
import { AlmanacProcess } from '../../support/processes.js';
import { RedisServer } from '../../support/redis-server.js';
import { until } from '../../support/until.js';

/** Backups of a Redis that is written to, restored into another one. */
let redis: RedisServer;
let target: RedisServer;
let api: AlmanacProcess;
let folder: string;
let configuration: Configuration;
let backups: Backups;

const prefix = 'backup-test';
const ids = Array.from({ length: 5000 }, (_, id) => `${String(id)},start`);

beforeAll(async () => {
  // Redis would wait five seconds before each dump, for other replicas that might ask for it.
  redis = await RedisServer.create('--repl-diskless-sync-delay', '0');
  target = await RedisServer.create();
  api = await AlmanacProcess.api({ REDIS_URL: redis.url, KEY_PREFIX: prefix });
  await http(`${api.url}/datasets/table`, {
    method: 'PUT',
    body: `id,v\n${ids.join('\n')}\n`,
    headers: { 'content-type': 'text/csv' },
  });
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'almanac-backup-'));
  const changes = { redisUrl: redis.url, dataDir: folder, backupDir: join(folder, 'backups') };
  configuration = testConfiguration(prefix, changes);
  backups = new Backups(configuration.backupDir);
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});
afterAll(async () => {
  await api.stop();
  await Promise.all([redis.remove(), target.remove()]);
});

const take = (verify = true) => runBackup(configuration, backups, { keep: 3, verify });
const targetConfiguration = (): Configuration => ({ ...configuration, redisUrl: target.url });

describe('a backup', () => {
  it('taken while records are written holds a state that was there, and comes back as it was', async () => {
    const jobs = new JobsClient(api.url);
    const job = await jobs.submit({
      analysis: 'value-counts',
      dataset: 'table',
      params: { column: 'v' },
    });
    let acknowledged = 0;
    const stop = new AbortController();
    const writer = (async () => {
      while (!stop.signal.aborted) {
        const body = [{ id: acknowledged, v: `edit ${String(acknowledged)}` }];
        const url = `${api.url}/datasets/table/records?onConflict=replace`;
        const { status } = await http(url, { method: 'POST', body });
        expect(status).toBe(201);
        acknowledged += 1;
      }
    })();
    await until(() => acknowledged > 10);
    const before = acknowledged;
    const { manifest } = await take();
    const after = acknowledged;
    stop.abort();
    await writer;

    const edits = manifest.inventory.datasets[0]?.edits ?? 0;
    expect(edits).toBeGreaterThanOrEqual(before);
    expect(edits).toBeLessThanOrEqual(after + 1);
    expect(manifest.inventory).toMatchObject({
      openJobs: 1,
      datasets: [{ name: 'table', rows: 5000 }],
    });

    const { keys } = await restoreBackup(backups.path(manifest.name), targetConfiguration(), false);
    expect(keys).toBeGreaterThan(5);
    await expectRestored(edits, job.id);
  });

  it('is refused by a target that is not empty, unless it is told to replace', async () => {
    const { manifest } = await take();
    const path = backups.path(manifest.name);
    await restoreBackup(path, targetConfiguration(), true);
    await expect(restoreBackup(path, targetConfiguration(), false)).rejects.toThrow(
      /not empty.*--replace/,
    );
    await expect(restoreBackup(path, targetConfiguration(), true)).resolves.toBeDefined();
  });

  it.each([
    [
      'cut short',
      (file: string) => {
        truncateSync(file, 1000);
      },
    ],
    [
      'with one byte changed',
      (file: string) => {
        flip(file);
      },
    ],
  ])('with a dump %s is refused', async (_what, damage) => {
    const { manifest } = await take(false);
    const path = backups.path(manifest.name);
    damage(join(path, 'dump-0.rdb'));
    await expect(verifyBackup(path, folder)).rejects.toThrow(/dump-0.rdb .* damaged/);
    await expect(restoreBackup(path, targetConfiguration(), true)).rejects.toThrow(/damaged/);
  });

  it('whose manifest was made to fit a damaged dump is refused by Redis or by the comparison', async () => {
    const { manifest } = await take(false);
    const path = join(backups.path(manifest.name), 'manifest.json');
    const datasets = [{ ...manifest.inventory.datasets[0], rows: 4999 }];
    const changed = { ...manifest, inventory: { ...manifest.inventory, datasets } };
    writeFileSync(path, JSON.stringify(changed));
    await expect(verifyBackup(backups.path(manifest.name), folder)).rejects.toThrow(/4999.*5000/);
  });

  it('holds the loads that are kept, and is refused where one of their files is not whole', async () => {
    await http(`${api.url}/datasets/twice`, { method: 'PUT', body: 'id,v\n1,first\n' });
    await http(`${api.url}/datasets/twice`, { method: 'PUT', body: 'id,v\n1,second\n' });
    const { manifest } = await take(false);
    const path = backups.path(manifest.name);
    await restoreBackup(path, targetConfiguration(), true);
    const second = await AlmanacProcess.api({ REDIS_URL: target.url, KEY_PREFIX: prefix });
    const old = await http<PageBody>(`${second.url}/datasets/twice/records?version=1.0`);
    await second.stop();
    expect([old.status, old.body.records]).toEqual([200, [{ id: 1, v: 'first' }]]);

    const keys = new Keys(prefix);
    const client = new Redis(redis.url);
    const kept = await client.hget(keys.keptLoads('twice'), '1');
    const { generation } = JSON.parse(kept ?? '{}') as { generation: string };
    await client.del(keys.chunk('twice', generation, 0));
    client.disconnect();
    await expect(take(false)).rejects.toThrow(/load 1 of dataset twice: part 0/);
    await http(`${api.url}/datasets/twice`, { method: 'DELETE' });
  });

  it('is removed, the oldest first, when there are more than are kept', async () => {
    const made: string[] = [];
    for (let n = 0; n < 3; n++) {
      const { manifest } = await runBackup(configuration, backups, { keep: 2, verify: false });
      made.push(manifest.name);
      // Names are by the second.
      const second = new Date().toISOString().slice(0, 19);
      await until(() => new Date().toISOString().slice(0, 19) > second);
    }
    expect(readdirSync(configuration.backupDir).sort()).toEqual(made.slice(1).sort());
  });

  it('is noted for the metrics and the readiness of the API', async () => {
    const { manifest } = await take();
    const ready = await http(`${api.url}/health/ready`);
    expect(ready.body).toMatchObject({
      details: { backup: { status: 'up', name: manifest.name } },
    });
    const metrics = await (await fetch(`${api.url}/metrics`)).text();
    const age = Number(/^almanac_backup_verified_age_seconds (\S+)$/m.exec(metrics)?.[1]);
    expect(age).toBeGreaterThanOrEqual(0);
    expect(age).toBeLessThan(60);
  });
});

/** An API and a worker on the restored data: all edits up to the moment, and the job runs. */
async function expectRestored(edits: number, job: string): Promise<void> {
  const environment = { REDIS_URL: target.url, KEY_PREFIX: prefix };
  const restored = await AlmanacProcess.api(environment);
  const worker = await AlmanacProcess.worker(environment);
  try {
    const page = await http<PageBody>(
      `${restored.url}/datasets/table/records?v__startswith=edit&limit=1&sort=-id`,
    );
    expect(page.body).toMatchObject({
      total: edits,
      records: [{ v: `edit ${String(edits - 1)}` }],
    });
    expect(await new JobsClient(restored.url).finished(job)).toMatchObject({ status: 'complete' });
  } finally {
    await worker.stop();
    await restored.stop();
  }
}

function flip(file: string): void {
  const bytes = readFileSync(file);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}
