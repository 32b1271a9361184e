import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { Problem } from '../../../src/errors/problem.js';
import { JobStore } from '../../../src/jobs/store/job-store.js';
import { RunStore } from '../../../src/jobs/store/run-store.js';
import { RedisConnections } from '../../../src/redis/connections.js';
import { Keys } from '../../../src/redis/keys.js';
import { testConfiguration } from '../../factories/configuration.js';
import { jobPlan } from '../../factories/job-plan.js';
import { uniquePrefix } from '../../support/processes.js';

const plan = jobPlan({
  analysis: 'value-counts',
  dataset: 'meteorites',
  params: { column: 'recclass' },
  filter: { start: 1990 },
  label: 'mine',
});
const requester = { by: 'request-1', address: '127.0.0.1' };

describe('the record of a job', () => {
  const configuration = testConfiguration(uniquePrefix());
  const keys = new Keys(configuration.keyPrefix);
  let redis: RedisConnections;
  let jobs: JobStore;
  let runs: RunStore;

  beforeAll(async () => {
    redis = new RedisConnections(configuration);
    await redis.ready(5000);
    jobs = new JobStore(redis, configuration);
    runs = new RunStore(redis, configuration);
  });
  afterAll(() => {
    redis.close();
  });

  const submit = async () => (await jobs.submit(randomUUID(), plan)).record.id;
  const key = (id: string) => ({ id, token: randomUUID() });
  const started = async () => {
    const run = key(await submit());
    await runs.start(run);
    return run;
  };
  const status = async (id: string) => (await jobs.find(id)).status;
  const isOpen = async (id: string) => (await redis.queue.zscore(keys.openJobs(), id)) !== null;
  /** Another run takes the job, as after a crash: whatever silence there was is enough. */
  const takeOver = (id: string) => runs.start(key(id), 0);

  it('says all that was asked for', async () => {
    const record = await jobs.find(await submit());
    const { question: _, ...said } = plan;
    expect(record).toMatchObject({ ...said, status: 'submitted', attempts: 0, started: null });
    expect(Math.abs(Date.now() - record.created)).toBeLessThan(5000);
  });

  it('is written once', async () => {
    const id = await submit();
    await expect(jobs.submit(id, { ...plan, label: 'other' })).rejects.toThrow('already');
    expect((await jobs.find(id)).label).toBe('mine');
  });

  it('goes through its states, and expires some time after the end', async () => {
    const run = key(await submit());
    const start = await runs.start(run);
    expect(start).toMatchObject({ outcome: 'run', record: { status: 'in_progress', attempts: 1 } });
    expect(await runs.report(run, { progress: 40, version: '2.1', lines: ['one', 'two'] })).toBe(
      'ok',
    );
    expect(await jobs.find(run.id)).toMatchObject({ progress: 40, version: '2.1' });
    expect((await jobs.log({ id: run.id, reused: null })).map(({ line }) => line)).toEqual([
      'one',
      'two',
    ]);

    expect(await isOpen(run.id)).toBe(true);
    expect(await runs.finish(run, { status: 'complete', version: '2.1' })).toBe('complete');
    expect(await jobs.find(run.id)).toMatchObject({ status: 'complete', progress: 100 });
    expect(await isOpen(run.id)).toBe(false);
    for (const expiring of [keys.job(run.id), keys.jobLog(run.id)]) {
      const left = await redis.queue.pttl(expiring);
      expect(left).toBeGreaterThan(configuration.jobTtl - 60_000);
    }
  });

  it('keeps progress from going back within a run', async () => {
    const run = await started();
    await runs.report(run, { progress: 70, version: '', lines: [] });
    await runs.report(run, { progress: 30, version: '', lines: [] });
    expect((await jobs.find(run.id)).progress).toBe(70);
  });

  it('keeps the last thousand log lines', async () => {
    const run = await started();
    const lines = Array.from({ length: 700 }, (_, i) => `line ${String(i)}`);
    await runs.report(run, { progress: 0, version: '', lines });
    await runs.report(run, { progress: 0, version: '', lines });
    const log = await jobs.log({ id: run.id, reused: null });
    expect(log).toHaveLength(1000);
    expect(log[0]?.line).toBe('line 400');
  });

  it('is started by one run only, as long as that shows signs of life', async () => {
    const run = await started();
    expect(await runs.start(key(run.id))).toEqual({ outcome: 'busy' });
    expect(await status(run.id)).toBe('in_progress');
  });

  it('is not started when it is finished or gone', async () => {
    const run = await started();
    await runs.finish(run, { status: 'failed', problem: new Problem('internal', 'x') });
    expect(await runs.start(key(run.id))).toEqual({ outcome: 'finished' });
    expect(await runs.start(key(randomUUID()))).toEqual({ outcome: 'unknown' });
  });

  it('takes nothing from a run that lost it', async () => {
    const lost = await started();
    await takeOver(lost.id);
    expect(await runs.report(lost, { progress: 90, version: '9.9', lines: ['x'] })).toBe('lost');
    expect(await runs.finish(lost, { status: 'complete' })).toBe('lost');
    expect(await runs.handBack(lost, 0)).toBe(false);
    expect(await jobs.find(lost.id)).toMatchObject({ status: 'in_progress', progress: 0 });
  });

  it('may be told its end twice', async () => {
    const run = await started();
    await runs.finish(run, { status: 'complete' });
    expect(await runs.finish(run, { status: 'complete' })).toBe('complete');
  });

  it('counts a run that fell silent as a crash, and fails at the second', async () => {
    const run = await started();
    expect(await takeOver(run.id)).toMatchObject({ outcome: 'run', record: { crashes: 1 } });
    expect(await takeOver(run.id)).toEqual({ outcome: 'crashed' });
    expect(await jobs.find(run.id)).toMatchObject({
      status: 'failed',
      attempts: 2,
      problem: { code: 'worker-crashed' },
    });
    expect(await isOpen(run.id)).toBe(false);
  });

  it('does not count a hand-back as a crash', async () => {
    const first = await started();
    expect(await runs.handBack(first, 0)).toBe(true);
    expect(await jobs.find(first.id)).toMatchObject({ status: 'submitted', crashes: 0, faults: 0 });
    const second = key(first.id);
    await runs.start(second, 0);
    await runs.handBack(second, 1);
    expect(await jobs.find(first.id)).toMatchObject({ attempts: 2, crashes: 0, faults: 1 });
  });

  it('is cancelled at once while it waits', async () => {
    const id = await submit();
    expect(await jobs.cancel(id, requester)).toBe(id);
    expect(await jobs.find(id)).toMatchObject({ status: 'cancelled', cancel: requester });
    expect(await runs.start(key(id))).toEqual({ outcome: 'finished' });
  });

  it('tells its run of a wish to cancel, and notes who asked first', async () => {
    const run = await started();
    expect(await jobs.cancel(run.id, requester)).toBeNull();
    await jobs.cancel(run.id, { by: 'request-2', address: '::1' });
    expect(await runs.report(run, { progress: 1, version: '', lines: [] })).toBe('cancel');
    expect(await jobs.find(run.id)).toMatchObject({ status: 'in_progress', cancel: requester });
  });

  it('does not become complete once its cancelling was asked for', async () => {
    const run = await started();
    await jobs.cancel(run.id, requester);
    expect(await runs.finish(run, { status: 'complete' })).toBe('cancelled');
  });

  it('ends as cancelled when its run crashed after the wish', async () => {
    const run = await started();
    await jobs.cancel(run.id, requester);
    expect(await takeOver(run.id)).toEqual({ outcome: 'cancelled' });
    expect(await status(run.id)).toBe('cancelled');
  });

  it('refuses to cancel what is finished or unknown', async () => {
    const run = await started();
    await runs.finish(run, { status: 'complete' });
    await expect(jobs.cancel(run.id, requester)).rejects.toMatchObject({ code: 'job-finished' });
    await expect(jobs.cancel('none', requester)).rejects.toMatchObject({ code: 'unknown-job' });
  });

  it('is removed only when it is finished', async () => {
    const run = await started();
    await expect(jobs.remove(run.id)).rejects.toMatchObject({ code: 'job-not-finished' });
    await runs.finish(run, { status: 'complete' });
    await jobs.remove(run.id);
    await expect(jobs.find(run.id)).rejects.toMatchObject({ code: 'unknown-job' });
    expect(await redis.queue.zscore(keys.jobs(), run.id)).toBeNull();
  });
});
