import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { BuildWithAnalyses } from '../factories/build-with-analyses.js';
import { freePort } from '../support/guarded-process.js';
import { AlmanacProcess, uniquePrefix, type ProcessEnvironment } from '../support/processes.js';
import { RedisServer } from '../support/redis-server.js';
import { until } from '../support/until.js';
import { JobsClient } from './jobs-client.js';

/** `make chaos` (CHAOS=full) is the whole of it; every run of the tests has a short one. */
const full = process.env['CHAOS'] === 'full';
const size = full
  ? { jobs: 500, workers: 4, kills: 60, restarts: 2, minutes: 20 }
  : { jobs: 60, workers: 2, kills: 3, restarts: 1, minutes: 5 };
const MINUTE = 60_000;

interface Page {
  readonly jobs: readonly { readonly id: string; readonly label: string; status: string }[];
  readonly next: string | null;
}

/** Everything is ended again and again while jobs are submitted and run. */
describe('chaos', () => {
  let build: BuildWithAnalyses;
  let redis: RedisServer;
  let env: ProcessEnvironment;
  let apiEnv: ProcessEnvironment;
  let api: AlmanacProcess;
  const workers: AlmanacProcess[] = [];
  const count = { kills: 0, redis: 0, api: 0, refused: 0 };

  const start = async (): Promise<void> => {
    const started = await AlmanacProcess.worker(env, { root: build.root, ready: false });
    workers.push(started);
  };

  beforeAll(async () => {
    build = new BuildWithAnalyses('spin');
    redis = await RedisServer.create();
    env = {
      ...{ REDIS_URL: redis.url, KEY_PREFIX: uniquePrefix(), WORKER_CONCURRENCY: '2' },
      CRASH_AFTER: '2500ms',
    };
    apiEnv = { ...env, PORT: String(await freePort()) };
    api = await AlmanacProcess.api(apiEnv, { root: build.root, deadline: MINUTE });
    await new JobsClient(api.url).load('tiny');
  }, 2 * MINUTE);
  afterAll(async () => {
    await Promise.all(workers.map((one) => one.kill()));
    await api.kill();
    await redis.remove();
    build.remove();
  }, MINUTE);

  /** As a client does who does not give up: the same request under its key, until it is answered. */
  const submit = async (n: number): Promise<string> =>
    until(
      async () => {
        const response = await fetch(`${api.url}/jobs`, {
          method: 'POST',
          headers: { 'cache-control': 'no-cache', 'idempotency-key': `request ${String(n)}` },
          body: JSON.stringify({
            ...{ analysis: 'spin', dataset: 'tiny', params: { ms: 20 + (n % 5) * 40 } },
            label: `n${String(n)}`,
          }),
          signal: AbortSignal.timeout(10_000),
        });
        if (response.status === 202) return ((await response.json()) as { id: string }).id;
        count.refused++;
        return undefined;
      },
      { deadline: 2 * MINUTE, interval: 200, what: `request ${String(n)}` },
    );

  const submitAll = async (): Promise<string[]> => {
    const ids: string[] = [];
    for (let n = 0; n < size.jobs; n++) {
      ids.push(await submit(n));
      await sleep(full ? 60 : 20);
    }
    return ids;
  };

  /** Each second a worker that takes jobs is killed, the oldest, and another one started. */
  const killWorkers = async (): Promise<void> => {
    for (let i = 0; i < size.workers; i++) await start();
    while (count.kills < size.kills) {
      await sleep(1_000);
      const oldest = workers.find(({ output }) => output.includes('takes jobs'));
      if (oldest === undefined) continue;
      workers.splice(workers.indexOf(oldest), 1);
      await oldest.kill();
      count.kills++;
      await start();
    }
  };

  const restartOthers = async (): Promise<void> => {
    for (let i = 0; i < size.restarts; i++) {
      await sleep(full ? 8_000 : 2_000);
      await redis.kill();
      await sleep(500);
      await redis.start();
      count.redis++;
      await sleep(full ? 8_000 : 1_000);
      await api.kill();
      api = await AlmanacProcess.api(apiEnv, { root: build.root, deadline: MINUTE });
      count.api++;
    }
  };

  const list = async (status: string): Promise<Page['jobs']> => {
    const jobs: Page['jobs'][number][] = [];
    let path: string | null = `/jobs?limit=1000&status=${status}`;
    while (path !== null) {
      const page: Page = (await (await fetch(api.url + path)).json()) as Page;
      jobs.push(...page.jobs);
      path = page.next;
    }
    return jobs;
  };

  it(
    `of ${String(size.jobs)} jobs each ends exactly once, and has its results once`,
    async () => {
      const [ids] = await Promise.all([submitAll(), killWorkers(), restartOthers()]);
      const ended = await until(
        async () => {
          const open = [...(await list('submitted')), ...(await list('in_progress'))];
          return open.length === 0;
        },
        { deadline: size.minutes * MINUTE, interval: 500, what: 'the end of all jobs' },
      );
      expect(ended).toBe(true);

      const complete = await list('complete');
      const failed = await list('failed');
      const all = [...complete, ...failed];
      expect(all.map(({ id }) => id).sort()).toEqual([...ids].sort());
      expect(new Set(all.map(({ label }) => label)).size).toBe(size.jobs);
      for (const { id } of complete) {
        const read = async () => (await fetch(`${api.url}/jobs/${id}/results/value.json`)).text();
        const first = await read();
        expect(JSON.parse(first)).toMatchObject({ rows: 1000 });
        expect(await read()).toBe(first);
      }
      for (const { id } of failed) {
        const job = await new JobsClient(api.url).show(id);
        expect(job.problem).toMatchObject({ code: 'worker-crashed' });
      }
      const { kills, redis: ofRedis, api: ofApi, refused } = count;
      process.stdout.write(
        `chaos: ${String(ids.length)} jobs, ${String(complete.length)} complete, ${String(failed.length)} failed; ` +
          `${String(kills)} workers killed, Redis ${String(ofRedis)} and API ${String(ofApi)} times, ${String(refused)} requests refused\n`,
      );
    },
    (size.minutes + 5) * MINUTE,
  );
});
