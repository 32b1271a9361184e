import { afterEach, describe, expect, it } from '@jest/globals';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Redis } from 'ioredis';

import { ConfigModule } from '../../../src/config/config.module.js';
import type { Configuration } from '../../../src/config/configuration.js';
import { storeUrl } from '../../../src/redis/connections.js';
import { DatasetAccess } from '../../../src/data/dataset-access.js';
import { JobStore } from '../../../src/jobs/store/job-store.js';
import { Keys } from '../../../src/redis/keys.js';
import { RedisModule } from '../../../src/redis/redis.module.js';
import { Scheduler } from '../../../src/schedules/scheduler.js';
import { SchedulesApiModule, SchedulingModule } from '../../../src/schedules/schedules.module.js';
import { SchedulesService } from '../../../src/schedules/schedules.service.js';
import { testConfiguration } from '../../factories/configuration.js';
import { FakeDatasets } from '../../factories/fake-datasets.js';
import { uniquePrefix } from '../../support/processes.js';

const job = { analysis: 'value-counts', params: { column: 'recclass' } };
const yearly = { cron: '0 0 1 1 *', timeZone: 'UTC', title: 'New Year', job, paused: false };
const DAY = 86_400_000;

describe('schedules', () => {
  const apps: INestApplicationContext[] = [];
  const clients: Redis[] = [];
  afterEach(async () => {
    for (const app of apps.splice(0)) await app.close();
    for (const client of clients.splice(0)) client.disconnect();
  });

  const start = async (configuration: Configuration) => {
    @Module({
      providers: [{ provide: DatasetAccess, useValue: new FakeDatasets() }],
      exports: [DatasetAccess],
    })
    class FakeData {}
    const app = await Test.createTestingModule({
      imports: [
        ...[ConfigModule.with(configuration), RedisModule, { module: FakeData, global: true }],
        ...[SchedulesApiModule, SchedulingModule],
      ],
    }).compile();
    app.useLogger(false);
    apps.push(app);
    return {
      schedules: app.get(SchedulesService),
      scheduler: app.get(Scheduler),
      jobs: app.get(JobStore, { strict: false }),
    };
  };
  const fresh = () => testConfiguration(uniquePrefix());
  /** Makes a schedule due at a time, as if nobody had looked since. */
  const makeDue = async (configuration: Configuration, id: string, time: number) => {
    const redis = new Redis(storeUrl(configuration, 'queue'));
    clients.push(redis);
    await redis.zadd(new Keys(configuration.keyPrefix).schedulesDue(), time, id);
  };

  it('are due at the next time of their expression, in their time zone', async () => {
    const { schedules } = await start(fresh());
    const utc = await schedules.create({ ...yearly, timeZone: 'UTC' });
    const berlin = await schedules.create({ ...yearly, timeZone: 'Europe/Berlin' });
    const next = Date.parse(utc.next ?? '');
    expect(utc.next).toMatch(/^\d{4}-01-01T00:00:00.000Z$/);
    expect(next - Date.parse(berlin.next ?? '')).toBe(3_600_000);
    expect((await schedules.all()).map(({ id }) => id)).toEqual([utc.id, berlin.id]);
  });

  it('submit one job for each time, however many workers look', async () => {
    const configuration = fresh();
    const workers = [
      await start(configuration),
      await start(configuration),
      await start(configuration),
    ];
    const [{ schedules, jobs } = await start(configuration)] = workers;
    const { id } = await schedules.create(yearly);
    const due = Date.now() - 2_000;
    await makeDue(configuration, id, due);
    await Promise.all(workers.flatMap(({ scheduler }) => [scheduler.tick(), scheduler.tick()]));
    await Promise.all(workers.map(({ scheduler }) => scheduler.tick()));
    const { runs, next } = await schedules.find(id);
    expect(runs).toEqual([
      expect.objectContaining({
        due: new Date(due).toISOString(),
        missed: 0,
        status: 'submitted',
        reason: null,
      }),
    ]);
    expect(Date.parse(next ?? '')).toBeGreaterThan(Date.now());
    expect((await jobs.find(runs[0]?.job ?? '')).label).toBe('New Year');
  });

  it('make up for what was missed by one job', async () => {
    const configuration = fresh();
    const { schedules, scheduler } = await start(configuration);
    const { id } = await schedules.create({ ...yearly, cron: '0 12 * * *' });
    await makeDue(configuration, id, Date.parse('2026-01-10T12:00:00Z'));
    await scheduler.tick();
    await scheduler.tick();
    const { runs } = await schedules.find(id);
    expect(runs).toHaveLength(1);
    expect(runs[0]?.missed).toBeGreaterThan(100);
  });

  it('go on where a worker was killed after it had submitted the job', async () => {
    const configuration = fresh();
    const { schedules, scheduler } = await start(configuration);
    const { id } = await schedules.create(yearly);
    const due = Date.now() - 1_000;
    await makeDue(configuration, id, due);
    await scheduler.tick();
    const before = await schedules.find(id);
    await makeDue(configuration, id, due); // as if its going on had not been written
    await scheduler.tick();
    const { runs } = await schedules.find(id);
    expect(runs.map((run) => run.job)).toEqual([before.runs[0]?.job, before.runs[0]?.job]);
  });

  it('leave out a time that comes while the job before is not finished', async () => {
    const configuration = fresh();
    const { schedules, scheduler } = await start(configuration);
    const { id } = await schedules.create(yearly);
    for (const ago of [3_000, 2_000, 1_000]) {
      await makeDue(configuration, id, Date.now() - ago);
      await scheduler.tick();
    }
    const { runs } = await schedules.find(id);
    expect(runs.map(({ job: made }) => made !== null)).toEqual([false, false, true]);
    expect(runs[0]?.reason).toContain('not finished');
  });

  it('say why there is no job', async () => {
    const configuration = fresh();
    const { schedules, scheduler } = await start(configuration);
    const { id } = await schedules.create(yearly);
    const redis = new Redis(storeUrl(configuration, 'queue'));
    clients.push(redis);
    const key = new Keys(configuration.keyPrefix).schedule(id);
    const stored = JSON.parse((await redis.hget(key, 'schedule')) ?? '{}') as object;
    const changed = { ...stored, job: { ...job, params: { column: 'gone' } } };
    await redis.hset(key, 'schedule', JSON.stringify(changed)); // as if the column had gone since
    await makeDue(configuration, id, Date.now() - DAY);
    await scheduler.tick();
    const [run] = (await schedules.find(id)).runs;
    expect(run).toMatchObject({ job: null, reason: expect.stringContaining('unknown-column') });
  });

  it('rest while they are paused, and can be changed and removed', async () => {
    const { schedules } = await start(fresh());
    const { id } = await schedules.create({ ...yearly, paused: true });
    expect((await schedules.find(id)).next).toBeNull();
    expect((await schedules.change(id, { paused: false })).next).not.toBeNull();
    const changed = await schedules.change(id, { cron: '@daily', title: 'Daily' });
    expect(changed).toMatchObject({ cron: '@daily', title: 'Daily', timeZone: 'UTC' });
    expect(Date.parse(changed.next ?? '')).toBeLessThanOrEqual(Date.now() + DAY);
    await schedules.remove(id);
    await expect(schedules.find(id)).rejects.toMatchObject({ code: 'unknown-schedule' });
    await expect(schedules.remove(id)).rejects.toMatchObject({ code: 'unknown-schedule' });
    await expect(schedules.change(id, {})).rejects.toMatchObject({ code: 'unknown-schedule' });
  });

  it.each([
    [{ cron: '* * * *' }, 'cron'],
    [{ cron: '61 * * * *' }, 'cron'],
    [{ cron: '* * * * * *' }, 'cron'],
    [{ cron: '0 0 30 2 *' }, 'cron'],
    [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ job: { analysis: 'value-counts', params: { column: 'recclas' } } }, 'params.column'],
    [{ job: { ...job, nonsense: 1 } }, 'job.nonsense'],
  ])('refuse %j', async (change, field) => {
    const { schedules } = await start(fresh());
    await expect(schedules.create({ ...yearly, ...change })).rejects.toMatchObject({
      extras: { errors: [{ field }] },
    });
    expect(await schedules.all()).toEqual([]);
  });
});
