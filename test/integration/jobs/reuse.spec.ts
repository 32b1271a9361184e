import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { jsonResult } from '../../../src/analyses/results.js';
import { Problem } from '../../../src/errors/problem.js';
import { ResultStore } from '../../../src/jobs/results/result-store.js';
import { JobStore, type Submission } from '../../../src/jobs/store/job-store.js';
import { RunStore } from '../../../src/jobs/store/run-store.js';
import { RedisConnections } from '../../../src/redis/connections.js';
import { Keys } from '../../../src/redis/keys.js';
import { testConfiguration } from '../../factories/configuration.js';
import { jobPlan } from '../../factories/job-plan.js';
import { uniquePrefix } from '../../support/processes.js';

const requester = { by: 'request-1', address: '127.0.0.1' };

describe('jobs that ask the same', () => {
  const configuration = testConfiguration(uniquePrefix(), { maxResultsBytes: 1_000 });
  const keys = new Keys(configuration.keyPrefix);
  let redis: RedisConnections;
  let jobs: JobStore;
  let runs: RunStore;
  let results: ResultStore;

  beforeAll(async () => {
    redis = new RedisConnections(configuration);
    await redis.ready(5000);
    jobs = new JobStore(redis, configuration);
    runs = new RunStore(redis, configuration);
    results = new ResultStore(redis, configuration);
  });
  afterAll(() => {
    redis.close();
  });

  const ask = (question: string, submission?: Submission) =>
    jobs.submit(randomUUID(), jobPlan({ question }), submission);
  const run = async (id: string) => {
    const key = { id, token: randomUUID() };
    await runs.start(key);
    return key;
  };
  const status = async (id: string) => (await jobs.find(id)).status;
  const messages = async () => redis.queue.llen(`${keys.bull()}:analyses:wait`);

  it('share the work of the first while it waits or runs, and end with it', async () => {
    const before = await messages();
    const first = await ask('shared');
    const second = await ask('shared');
    expect(first.how).toBe('accepted');
    expect(second).toMatchObject({ how: 'joined', record: { reused: { job: first.record.id } } });
    expect(await messages()).toBe(before + 1);
    const key = await run(first.record.id);
    const third = await ask('shared');
    expect(third.record).toMatchObject({ status: 'in_progress' });
    expect(await status(second.record.id)).toBe('in_progress');
    await runs.report(key, { progress: 40, version: '2.0', lines: ['half'] });
    expect(await jobs.find(second.record.id)).toMatchObject({ progress: 40, lines: 1 });
    expect(await jobs.log(third.record)).toMatchObject([{ line: 'half' }]);
    await runs.finish(key, { status: 'complete', version: '2.0' });
    for (const { record } of [first, second, third]) {
      expect(await jobs.find(record.id)).toMatchObject({
        ...{ status: 'complete', progress: 100, version: '2.0' },
      });
    }
  });

  it('fail with the first', async () => {
    const [first, second] = [await ask('failing'), await ask('failing')];
    const problem = new Problem('empty-dataset', 'nothing');
    await runs.finish(await run(first.record.id), { status: 'failed', problem });
    expect(await jobs.find(second.record.id)).toMatchObject({
      status: 'failed',
      problem: { code: 'empty-dataset' },
    });
    expect((await ask('failing')).how).toBe('accepted');
  });

  it('take an answer that is there, and say how old it is', async () => {
    const first = await ask('answered');
    await runs.finish(await run(first.record.id), { status: 'complete', version: '3.0' });
    const usable = await jobs.answering('answered');
    expect(usable).toBe(first.record.id);
    const second = await ask('answered', { usable });
    expect(second).toMatchObject({
      how: 'reused',
      record: { status: 'complete', version: '3.0', reused: { job: first.record.id } },
    });
    expect(second.record.reused?.age).toBeGreaterThanOrEqual(0);
    expect((await ask('answered', { usable, fresh: true })).how).toBe('accepted');
  });

  it('compute anew where the results are gone', async () => {
    const first = await ask('gone');
    await runs.finish(await run(first.record.id), { status: 'complete' });
    expect((await ask('gone', { usable: null })).how).toBe('accepted');
  });

  it('stop the work only when nobody waits for it', async () => {
    const [first, second] = [await ask('stopped'), await ask('stopped')];
    const key = await run(first.record.id);
    await jobs.cancel(first.record.id, requester);
    expect(await status(first.record.id)).toBe('cancelled');
    const report = { progress: 1, version: '', lines: [] };
    expect(await runs.report(key, report)).toBe('ok');
    expect(await status(second.record.id)).toBe('in_progress');
    await jobs.cancel(second.record.id, requester);
    expect(await status(second.record.id)).toBe('cancelled');
    expect(await runs.report(key, report)).toBe('cancel');
    expect(await runs.finish(key, { status: 'complete' })).toBe('cancelled');
  });

  it('go on without the first, also while it waits', async () => {
    const [first, second] = [await ask('waiting'), await ask('waiting')];
    expect(await jobs.cancel(first.record.id, requester)).toBeNull();
    await expect(jobs.remove(first.record.id)).rejects.toMatchObject({ code: 'job-not-finished' });
    await runs.finish(await run(first.record.id), { status: 'complete' });
    expect(await status(first.record.id)).toBe('cancelled');
    expect(await status(second.record.id)).toBe('complete');
  });

  it('leave the message of work that nobody wants any more to be taken away', async () => {
    const [first, second] = [await ask('unwanted'), await ask('unwanted')];
    await jobs.cancel(first.record.id, requester);
    expect(await jobs.cancel(second.record.id, requester)).toBe(first.record.id);
    expect(await runs.start({ id: first.record.id, token: 't' })).toEqual({ outcome: 'finished' });
  });

  it('keep the results until the last of them is removed', async () => {
    const first = await ask('kept');
    await runs.finish(await run(first.record.id), { status: 'complete' });
    const second = await ask('kept', { usable: first.record.id });
    expect(await jobs.remove(first.record.id)).toBeNull();
    expect(await jobs.remove(second.record.id)).toBe(first.record.id);
  });

  it('are accepted once under one key, and refused with another body', async () => {
    const once = { key: 'k', body: 'b' };
    const first = await ask('once', { once });
    const again = await ask('once', { once });
    expect(again).toMatchObject({ how: 'known', record: { id: first.record.id } });
    await expect(ask('once', { once: { key: 'k', body: 'c' } })).rejects.toMatchObject({
      code: 'idempotency-mismatch',
    });
    expect(await redis.queue.pttl(`${configuration.keyPrefix}:once:k`)).toBeGreaterThan(86_000_000);
  });

  it('lose the oldest results when all together are too large', async () => {
    const big = (text: string) => ({ 'value.json': jsonResult(text.repeat(400)) });
    const ids = [randomUUID(), randomUUID(), randomUUID()];
    for (const [i, id] of ids.entries()) await results.publish(id, big(String(i)), '1.0');
    expect(await Promise.all(ids.map((id) => results.exist(id)))).toEqual([false, true, true]);
    expect(Number(await redis.results.get(keys.resultsBytes()))).toBeLessThanOrEqual(1_000);
    for (const id of ids) await results.remove(id);
    expect(await redis.results.get(keys.resultsBytes())).toBe('0');
  });

  it('wait by their priority', async () => {
    const low = await jobs.submit(randomUUID(), jobPlan({ priority: 0 }));
    const high = await jobs.submit(randomUUID(), jobPlan({ priority: 90 }));
    const middle = await jobs.submit(randomUUID(), jobPlan({ priority: 10 }));
    const waiting = await redis.queue.lrange(`${keys.bull()}:analyses:wait`, 0, -1);
    const order = waiting.reverse();
    const places = [high, middle, low].map(({ record }) => order.indexOf(record.id));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBe(0);
  });

  it('run again when they failed, and only then', async () => {
    const { id } = (await ask('retried')).record;
    await expect(jobs.retry(id)).rejects.toMatchObject({ code: 'job-not-failed' });
    await redis.queue.lrem(`${keys.bull()}:analyses:wait`, 1, id);
    await redis.queue.del(`${keys.bull()}:analyses:${id}`);
    const problem = new Problem('internal', 'x');
    await runs.finish(await run(id), { status: 'failed', problem });
    const before = await messages();
    expect(await jobs.retry(id)).toMatchObject({ status: 'submitted', problem: null, faults: 0 });
    expect(await messages()).toBe(before + 1);
    await runs.finish(await run(id), { status: 'complete' });
    expect(await jobs.find(id)).toMatchObject({ status: 'complete', attempts: 2 });
  });
});
