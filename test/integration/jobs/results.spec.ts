import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { jsonResult, textResult } from '../../../src/analyses/results.js';
import { Problem } from '../../../src/errors/problem.js';
import { ResultStore } from '../../../src/jobs/results/result-store.js';
import { ResultsService } from '../../../src/jobs/results/results.service.js';
import { JobStore } from '../../../src/jobs/store/job-store.js';
import { RunStore, type Ending } from '../../../src/jobs/store/run-store.js';
import { RedisConnections } from '../../../src/redis/connections.js';
import { Keys } from '../../../src/redis/keys.js';
import { testConfiguration } from '../../factories/configuration.js';
import { jobPlan } from '../../factories/job-plan.js';
import { uniquePrefix } from '../../support/processes.js';

const plan = jobPlan();
const results = {
  'value.json': jsonResult({ mean: 4 }),
  'plot.svg': textResult('image/svg+xml', '<svg/>'),
  'plot.png': { type: 'image/png', bytes: new Uint8Array([137, 80, 78, 71]) },
};

describe('the results of a job', () => {
  const configuration = testConfiguration(uniquePrefix(), { maxResultBytes: 10_000 });
  const keys = new Keys(configuration.keyPrefix);
  let redis: RedisConnections;
  let jobs: JobStore;
  let runs: RunStore;
  let store: ResultStore;
  let service: ResultsService;

  beforeAll(async () => {
    redis = new RedisConnections(configuration);
    await redis.ready(5000);
    jobs = new JobStore(redis, configuration);
    runs = new RunStore(redis, configuration);
    store = new ResultStore(redis, configuration);
    service = new ResultsService(jobs, store);
  });
  afterAll(() => {
    redis.close();
  });

  const ended = async (ending: Ending) => {
    const run = { id: (await jobs.submit(randomUUID(), plan)).record.id, token: randomUUID() };
    await runs.start(run);
    await runs.finish(run, ending);
    return run.id;
  };

  it('are kept with type, size and version, and small JSON comes along', async () => {
    const id = await ended({ status: 'complete' });
    expect(await store.publish(id, results, '3.2')).toBe('3.2');
    const listed = (await service.list(id)).results;
    expect(listed).toMatchObject([
      { name: 'plot.png', type: 'image/png', size: 4, version: '3.2' },
      { name: 'plot.svg', type: 'image/svg+xml', size: 6 },
      { name: 'value.json', type: 'application/json', size: 10, value: { mean: 4 } },
    ]);
    expect([...(await service.bytes(await service.describe(id, 'plot.png')))]).toEqual([
      137, 80, 78, 71,
    ]);
  });

  it('stay those of the first writer', async () => {
    const id = await ended({ status: 'complete' });
    await store.publish(id, { 'value.json': jsonResult('first') }, '1.0');
    const kept = await store.publish(
      id,
      { 'value.json': jsonResult('second'), x: jsonResult(1) },
      '2.0',
    );
    expect(kept).toBe('1.0');
    expect((await service.list(id)).results).toMatchObject([
      { name: 'value.json', value: 'first' },
    ]);
    expect(await redis.results.exists(keys.result(id, 'x'))).toBe(0);
  });

  it('are kept for a time', async () => {
    const id = await ended({ status: 'complete' });
    await store.publish(id, results, '1.0');
    for (const key of [keys.results(id), keys.result(id, 'plot.png')]) {
      const left = await redis.results.pttl(key);
      expect(left).toBeGreaterThan(configuration.resultTtl - 60_000);
      expect(left).toBeLessThanOrEqual(configuration.resultTtl);
    }
    await redis.results.del(keys.results(id));
    await expect(service.list(id)).rejects.toMatchObject({ code: 'result-expired' });
  });

  it('are refused when one is too large, all of them', async () => {
    const id = await ended({ status: 'complete' });
    const large = { ...results, big: { type: 'text/plain', bytes: new Uint8Array(10_001) } };
    await expect(store.publish(id, large, '1.0')).rejects.toMatchObject({
      code: 'result-too-large',
    });
    expect(await store.list(id)).toEqual([]);
  });

  it('do not come inline when they are large', async () => {
    const id = await ended({ status: 'complete' });
    await store.publish(id, { 'big.json': jsonResult('x'.repeat(5000)) }, '1.0');
    expect((await service.list(id)).results[0]).not.toHaveProperty('value');
  });

  it('are answered with the reason where there are none', async () => {
    const { id } = (await jobs.submit(randomUUID(), plan)).record;
    await expect(service.list(id)).rejects.toMatchObject({
      code: 'job-not-finished',
      extras: { state: 'submitted', retryAfter: 1 },
    });
    const cancelled = await ended({ status: 'cancelled' });
    await expect(service.list(cancelled)).rejects.toMatchObject({ code: 'job-cancelled' });
    const problem = new Problem('empty-dataset', 'no rows', { near: ['x'] });
    const failed = await ended({ status: 'failed', problem });
    await expect(service.list(failed)).rejects.toMatchObject({
      code: 'job-failed',
      extras: { cause: { code: 'empty-dataset', detail: 'no rows', near: ['x'] } },
    });
  });

  it('of an unknown name are refused with the names there are', async () => {
    const id = await ended({ status: 'complete' });
    await store.publish(id, results, '1.0');
    await expect(service.describe(id, 'plot.pngg')).rejects.toMatchObject({
      code: 'unknown-result',
      extras: { near: ['plot.png', 'plot.svg'] },
    });
  });

  it('choose the picture that a person means', async () => {
    const id = await ended({ status: 'complete' });
    await store.publish(id, results, '1.0');
    expect((await service.describeImage(id)).name).toBe('plot.png');
    const table = await ended({ status: 'complete' });
    await store.publish(table, { 'table.csv': textResult('text/csv', 'a') }, '1.0');
    expect((await service.describeImage(table)).name).toBe('table.csv');
  });

  it('go together', async () => {
    const id = await ended({ status: 'complete' });
    await store.publish(id, results, '1.0');
    await store.remove(id);
    const left = await redis.results.exists(
      keys.results(id),
      ...Object.keys(results).map((name) => keys.result(id, name)),
    );
    expect(left).toBe(0);
  });
});
