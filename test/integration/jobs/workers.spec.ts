import { getQueueToken } from '@nestjs/bull';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Queue } from 'bull';
import type { INestApplicationContext } from '@nestjs/common';

import { Problem } from '../../../src/errors/problem.js';
import { JobControlService } from '../../../src/jobs/job-control.service.js';
import { isFinished, type JobRecord } from '../../../src/jobs/job.js';
import { JobsService } from '../../../src/jobs/jobs.service.js';
import { Sweeper } from '../../../src/jobs/processing/sweeper.js';
import { ANALYSES_QUEUE } from '../../../src/jobs/queue/queue-name.js';
import type { Computation, ComputeHooks } from '../../../src/jobs/threads/compute-pool.js';
import { RedisConnections } from '../../../src/redis/connections.js';
import { Keys } from '../../../src/redis/keys.js';
import { testConfiguration } from '../../factories/configuration.js';
import { FakeDatasets } from '../../factories/fake-datasets.js';
import { uniquePrefix } from '../../support/processes.js';
import { until } from '../../support/until.js';
import { InlineCompute, startApi, startWorker, type Part } from './harness.js';

type Compute = (task: Computation, hooks: ComputeHooks) => Promise<void>;
const request = (top = 5) => ({ analysis: 'value-counts', params: { column: 'recclass', top } });
const requester = { by: 'request-1', address: '127.0.0.1' };
const topOf = (task: Computation): number => (task.params as { top: number }).top;

/** Waits until the signal fires, as a thread that is ended from outside. */
const endless: Compute = (_task, { signal }) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Error('ended'));
    });
  });

describe('workers', () => {
  const apps: INestApplicationContext[] = [];
  afterEach(async () => {
    for (const app of apps.splice(0).reverse()) await app.close();
  });

  const part = (workerConcurrency = 1): Part => {
    const datasets = new FakeDatasets();
    datasets.answers = [
      () => [{ rows: 1, missing: 0, distinct: 1 }],
      () => [{ value: 'L6', count: 1 }],
    ];
    const changes = { workerConcurrency, shutdownGrace: 300 };
    return { configuration: testConfiguration(uniquePrefix(), changes), datasets };
  };
  const api = async (of: Part) => {
    const app = await startApi(of);
    apps.push(app);
    return { app, jobs: app.get(JobsService), control: app.get(JobControlService) };
  };
  const worker = async (of: Part, compute: Compute = () => Promise.resolve()) => {
    const app = await startWorker(of, (registry) => {
      const inline = new InlineCompute(registry);
      inline.compute = compute;
      return inline;
    });
    apps.push(app);
    return app;
  };
  const messages = (app: INestApplicationContext, { configuration }: Part) => ({
    redis: app.get(RedisConnections).queue,
    keys: new Keys(configuration.keyPrefix),
  });
  const finished = (jobs: JobsService, id: string, deadline = 20_000): Promise<JobRecord> =>
    until(
      async () => {
        const job = await jobs.find(id);
        return isFinished(job.status) ? job : undefined;
      },
      { deadline },
    );

  it('take jobs in the order of their submission', async () => {
    const of = part();
    const { jobs } = await api(of);
    const ids: string[] = [];
    for (let top = 1; top <= 20; top++) ids.push((await jobs.submit(request(top))).id);
    const order: number[] = [];
    await worker(of, (task) => Promise.resolve(void order.push(topOf(task))));
    await finished(jobs, ids.at(-1) ?? '');
    expect(order).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });

  it('run each of 100 jobs once, three workers together', async () => {
    const of = part();
    const { jobs } = await api(of);
    const runs = new Map<number, number>();
    const busy = new Set<number>();
    const by =
      (name: number): Compute =>
      async (task) => {
        expect(busy.has(name)).toBe(false); // no second job while one runs
        busy.add(name);
        runs.set(topOf(task), (runs.get(topOf(task)) ?? 0) + 1);
        await new Promise((resolve) => setImmediate(resolve));
        busy.delete(name);
      };
    for (const name of [1, 2, 3]) await worker(of, by(name));
    const tops = Array.from({ length: 100 }, (_, i) => i + 1);
    const submitted = await Promise.all(tops.map((top) => jobs.submit(request(top))));
    const done = await Promise.all(submitted.map(({ id }) => finished(jobs, id)));
    expect(new Set(done.map(({ status }) => status))).toEqual(new Set(['complete']));
    expect(done.every(({ attempts }) => attempts === 1)).toBe(true);
    expect([...runs.values()].every((count) => count === 1)).toBe(true);
    expect(runs.size).toBe(100);
  });

  it('try again after an unexpected error, and give up after the third', async () => {
    const of = part();
    const { jobs } = await api(of);
    const tries = new Map<number, number>();
    await worker(of, (task) => {
      const count = (tries.get(topOf(task)) ?? 0) + 1;
      tries.set(topOf(task), count);
      if (topOf(task) === 1 && count === 2) return Promise.resolve();
      throw new Error('a bug');
    });
    const mended = await jobs.submit(request(1));
    const broken = await jobs.submit(request(2));
    expect(await finished(jobs, mended.id)).toMatchObject({ status: 'complete', attempts: 2 });
    expect(await finished(jobs, broken.id)).toMatchObject({
      status: 'failed',
      attempts: 3,
      problem: { code: 'internal' },
    });
  });

  it('fail a job at once for a problem of the request', async () => {
    const of = part();
    const { jobs } = await api(of);
    await worker(of, () => {
      throw new Problem('empty-dataset', 'nothing here');
    });
    const { id } = await jobs.submit(request());
    expect(await finished(jobs, id)).toMatchObject({
      status: 'failed',
      attempts: 1,
      problem: { code: 'empty-dataset', detail: 'nothing here' },
    });
  });

  it('stop a job that runs within two seconds, and say who asked', async () => {
    const of = part();
    const { jobs, control } = await api(of);
    await worker(of, endless);
    const { id } = await jobs.submit(request());
    await until(async () => (await jobs.find(id)).progress >= 30);
    const begin = performance.now();
    const stopped = await control.cancel(id, requester);
    expect(performance.now() - begin).toBeLessThan(2000);
    expect(stopped).toMatchObject({ status: 'cancelled', cancel: requester });
    expect(stopped.finished).not.toBeNull();
  });

  it('never see a job that was cancelled while it waited', async () => {
    const of = part();
    const { app, jobs, control } = await api(of);
    const { id } = await jobs.submit(request(1));
    await control.cancel(id, requester);
    const queue = app.get<Queue>(getQueueToken(ANALYSES_QUEUE), { strict: false });
    expect(await queue.getWaitingCount()).toBe(0);
    const seen: number[] = [];
    await worker(of, (task) => Promise.resolve(void seen.push(topOf(task))));
    await finished(jobs, (await jobs.submit(request(2))).id);
    expect(seen).toEqual([2]);
    expect((await jobs.find(id)).status).toBe('cancelled');
  });

  it('stop a job at its time limit', async () => {
    const of = part();
    const { jobs } = await api(of);
    await worker(of, endless);
    const { id } = await jobs.submit({ ...request(), timeout: 1 });
    const job = await finished(jobs, id);
    expect(job).toMatchObject({ status: 'failed', problem: { code: 'job-timeout' } });
    const ran = (job.finished ?? 0) - (job.started ?? 0);
    expect(ran).toBeGreaterThanOrEqual(950);
    expect(ran).toBeLessThan(3000);
  });

  it('hand back what runs too long at a shutdown, to the head of the queue', async () => {
    const of = part();
    const { jobs } = await api(of);
    const first = await worker(of, endless);
    const { id } = await jobs.submit(request(1));
    await until(async () => (await jobs.find(id)).status === 'in_progress');
    const later = await jobs.submit(request(2));

    apps.splice(apps.indexOf(first), 1);
    await first.close();
    expect(await jobs.find(id)).toMatchObject({ status: 'submitted', crashes: 0, faults: 0 });
    const order: number[] = [];
    await worker(of, (task) => Promise.resolve(void order.push(topOf(task))));
    expect(await finished(jobs, id)).toMatchObject({ status: 'complete', attempts: 2, crashes: 0 });
    await finished(jobs, later.id);
    expect(order).toEqual([1, 2]);
  });

  it('find by sweeping a job that has no message', async () => {
    const of = part();
    const { app, jobs } = await api(of);
    const running = await worker(of);
    const { id } = await jobs.submit({ ...request(1), delay: 3600 });
    const { redis, keys } = messages(app, of);
    await redis.del(`${keys.bull()}:analyses:${id}`);
    await redis.hdel(keys.job(id), 'run_at');
    expect(await running.get(Sweeper).sweep(0)).toContain(id);
    expect((await finished(jobs, id)).status).toBe('complete');
    expect(await running.get(Sweeper).sweep(0)).toEqual([]);
  });
});
