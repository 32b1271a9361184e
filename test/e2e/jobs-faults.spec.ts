import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';

import { BuildWithAnalyses } from '../factories/build-with-analyses.js';
import { AlmanacProcess, uniquePrefix, type ProcessEnvironment } from '../support/processes.js';
import { RedisServer } from '../support/redis-server.js';
import { until } from '../support/until.js';
import { JobsClient } from './jobs-client.js';

const spin = (ms: number) => ({ analysis: 'spin', dataset: 'tiny', params: { ms } });
/** Its query is done and its thread computes. */
const computes = ({ progress }: { progress: number }) => progress > 30;

describe('jobs, when something breaks', () => {
  let build: BuildWithAnalyses;
  let redis: RedisServer;
  let env: ProcessEnvironment;
  let api: AlmanacProcess;
  let client: JobsClient;
  const workers: AlmanacProcess[] = [];

  const alive = (): AlmanacProcess[] => workers.filter(({ exit }) => exit === undefined);
  /** So many workers that live, those of the tests before among them: starting one takes seconds. */
  const crew = async (count: number): Promise<AlmanacProcess[]> => {
    const missing = Math.max(0, count - alive().length);
    const start = () => AlmanacProcess.worker(env, { root: build.root });
    workers.push(...(await Promise.all(Array.from({ length: missing }, start))));
    return alive();
  };
  /** The only worker. */
  const worker = async (): Promise<AlmanacProcess> => {
    const [first, ...others] = await crew(1);
    await Promise.all(others.map((one) => one.kill()));
    if (first === undefined) throw new Error('there is no worker');
    return first;
  };
  /** The worker that runs a job now. */
  const busy = (): Promise<AlmanacProcess> =>
    until(async () => {
      for (const one of alive()) {
        const metrics = await (await fetch(`${one.url}/metrics`)).text();
        if (/^almanac_jobs_running 1$/m.test(metrics)) return one;
      }
      return undefined;
    });

  beforeAll(async () => {
    build = new BuildWithAnalyses('spin', 'misbehave');
    redis = await RedisServer.create();
    env = {
      ...{ REDIS_URL: redis.url, KEY_PREFIX: uniquePrefix(), WORKER_CONCURRENCY: '1' },
      ...{ CRASH_AFTER: '2500ms', SHUTDOWN_GRACE: '2s' },
    };
    [api] = await Promise.all([AlmanacProcess.api(env, { root: build.root }), crew(2)]);
    client = new JobsClient(api.url);
    await client.load('tiny');
  });
  afterAll(async () => {
    await Promise.all([api, ...workers].map((one) => one.kill()));
    await redis.remove();
    build.remove();
  });

  it('a worker killed in mid-job: another finishes it within 30 s, and its result is there once', async () => {
    await crew(2);
    const { id } = await client.submit(spin(2_000));
    await client.reach(id, computes);
    const running = await busy();
    const killed = performance.now();
    await running.kill();

    expect(await client.finished(id)).toMatchObject({ status: 'complete', attempts: 2 });
    expect(performance.now() - killed).toBeLessThan(30_000);
    const results = async () => (await fetch(`${api.url}/jobs/${id}/results`)).json();
    const once = (await results()) as { results: object[] };
    expect(once.results).toHaveLength(1);
    expect(await results()).toEqual(once);
  });

  it('SIGTERM: a job that takes too long is handed back, and another worker has it at once', async () => {
    await crew(2);
    const { id } = await client.submit(spin(4_000));
    await client.reach(id, computes);
    expect(await (await busy()).stop()).toEqual({ code: 0, signal: null });
    await client.reach(id, ({ attempts }) => attempts === 2, 3_000);
    expect(await client.finished(id)).toMatchObject({ status: 'complete', attempts: 2 });
  });

  it('a job that ends its worker twice fails, and no third worker dies of it', async () => {
    await crew(3);
    const body = { analysis: 'misbehave', dataset: 'tiny', params: { how: 'kill' } };
    const { id } = await client.submit(body);
    expect(await client.finished(id, 40_000)).toMatchObject({
      status: 'failed',
      attempts: 2,
      problem: { code: 'worker-crashed' },
    });
    expect(alive()).toHaveLength(1);
  });

  it('Redis killed and started again: waiting jobs and results are there, the job that ran goes on', async () => {
    const only = await worker();
    const done = await client.submit(spin(10));
    await client.finished(done.id);
    const result = async () =>
      (await fetch(`${api.url}/jobs/${done.id}/results/value.json`)).text();
    const before = await result();
    const running = await client.submit(spin(3_000));
    const waiting = await client.submit(spin(10));
    await client.reach(running.id, computes);

    await redis.kill();
    await until(async () => (await fetch(`${only.url}/health/ready`)).status === 503);
    expect((await fetch(`${only.url}/health/live`)).status).toBe(200);
    const refused = await fetch(`${api.url}/jobs`, {
      method: 'POST',
      body: JSON.stringify(spin(1)),
    });
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).not.toBeNull();
    await redis.start();

    expect(await client.finished(running.id)).toMatchObject({ status: 'complete', attempts: 1 });
    expect(await client.finished(waiting.id)).toMatchObject({ status: 'complete', attempts: 1 });
    expect(await result()).toBe(before);
    expect((await fetch(`${only.url}/health/ready`)).status).toBe(200);
    expect(only.output).not.toContain('nobody handled it');
  });

  it('Redis that hangs: questions are answered with 503 in seconds, and rightly once it goes on', async () => {
    const paths = ['/image', '/jobs', '/datasets', '/datasets/tiny/records', '/queues'];
    const admin = new Redis(redis.url);
    await admin.client('PAUSE', 5_000);
    admin.disconnect();
    const asked = await Promise.all(
      paths.map(async (path) => [path, (await fetch(`${api.url}${path}`)).status]),
    );
    expect(asked).toEqual(paths.map((path) => [path, 503]));
    await until(async () => (await fetch(`${api.url}/image`)).status === 404);
    expect((await fetch(`${api.url}/datasets/tiny/records`)).status).toBe(200);
  });

  it('SIGTERM while Redis is away still ends in order', async () => {
    const only = await worker();
    const { id } = await client.submit(spin(4_000));
    await client.reach(id, computes);
    await redis.kill();
    await until(async () => (await fetch(`${only.url}/health/ready`)).status === 503);
    expect(await only.stop()).toEqual({ code: 0, signal: null });
    expect(only.output).not.toContain('nobody handled it');
    await redis.start();
    await crew(1);
    expect(await client.finished(id)).toMatchObject({ status: 'complete', attempts: 2 });
  });

  it('SIGTERM: the job that runs is finished, nothing more is taken, and the exit code is 0', async () => {
    await Promise.all(alive().map((one) => one.kill()));
    const patient = { ...env, SHUTDOWN_GRACE: '30s' };
    const only = await AlmanacProcess.worker(patient, { root: build.root });
    workers.push(only);
    const { id } = await client.submit(spin(4_000));
    await client.reach(id, computes);
    const next = await client.submit(spin(0));
    expect(await only.stop()).toEqual({ code: 0, signal: null });
    expect(await client.show(id)).toMatchObject({ status: 'complete', attempts: 1 });
    expect(await client.show(next.id)).toMatchObject({ status: 'submitted', attempts: 0 });
  });
});
