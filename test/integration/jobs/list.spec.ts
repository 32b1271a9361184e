import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { JobPlan, JobRecord } from '../../../src/jobs/job.js';
import { JobIndex, type Wanted } from '../../../src/jobs/store/job-index.js';
import { JobStore } from '../../../src/jobs/store/job-store.js';
import { RunStore } from '../../../src/jobs/store/run-store.js';
import { RedisConnections } from '../../../src/redis/connections.js';
import { Keys } from '../../../src/redis/keys.js';
import { testConfiguration } from '../../factories/configuration.js';
import { jobPlan } from '../../factories/job-plan.js';
import { uniquePrefix } from '../../support/processes.js';

/** The parts of the product that lists need, with a prefix of their own. */
class Lists {
  readonly configuration = testConfiguration(uniquePrefix());
  readonly keys = new Keys(this.configuration.keyPrefix);
  readonly redis = new RedisConnections(this.configuration);
  readonly jobs = new JobStore(this.redis, this.configuration);
  readonly runs = new RunStore(this.redis, this.configuration);
  readonly index = new JobIndex(this.redis, this.configuration);

  async add(count: number, changes: Partial<JobPlan> = {}): Promise<string[]> {
    const ids: string[] = [];
    for (let i = 0; i < count; i++) {
      ids.push((await this.jobs.submit(randomUUID(), jobPlan(changes))).record.id);
    }
    return ids;
  }

  async complete(id: string): Promise<void> {
    const run = { id, token: randomUUID() };
    await this.runs.start(run);
    await this.runs.finish(run, { status: 'complete' });
  }

  /** All pages to the end; `between` is called after each. */
  async all(
    wanted: Wanted,
    limit: number,
    between: () => Promise<unknown> = () => Promise.resolve(),
  ) {
    const records: JobRecord[] = [];
    for (let after: string | null = null, first = true; first || after !== null; first = false) {
      const page = await this.index.page(wanted, limit, after);
      expect(page.records.length).toBeLessThanOrEqual(limit);
      records.push(...page.records);
      after = page.next;
      await between();
    }
    return records.map(({ id }) => id);
  }
}

describe('lists of jobs', () => {
  const lists: Lists[] = [];
  const fresh = async (): Promise<Lists> => {
    const made = new Lists();
    lists.push(made);
    await made.redis.ready(5000);
    return made;
  };
  let shared: Lists;
  beforeAll(async () => {
    shared = await fresh();
  });
  afterAll(() => {
    for (const { redis } of lists) redis.close();
  });

  it('are in the order of the submissions, newest first, however fast these came', async () => {
    const made = await fresh();
    const ids = await made.add(30);
    expect(await made.all({}, 7)).toEqual([...ids].reverse());
    expect((await made.index.page({}, 30, null)).next).toBeNull();
  });

  it('neither repeat nor leave out a job while others are added and removed', async () => {
    const made = await fresh();
    const ids = await made.add(40);
    const removed = ids[35] ?? '';
    await made.complete(removed);
    let pages = 0;
    const seen = await made.all({}, 6, async () => {
      await made.add(5);
      if (pages++ === 0) await made.jobs.remove(removed);
    });
    expect(seen.filter((id) => id !== removed)).toEqual(
      [...ids].reverse().filter((id) => id !== removed),
    );
  });

  it('hold exactly the jobs that match, wherever these are', async () => {
    const rare = await shared.add(3, { label: 'rare', dataset: 'e' });
    await shared.add(2500, {});
    const recent = await shared.add(2, { label: 'rare', analysis: 'b' });
    expect(await shared.all({ label: 'rare' }, 2)).toEqual([...rare, ...recent].reverse());
    expect(await shared.all({ label: 'rare', analysis: 'b' }, 100)).toEqual([...recent].reverse());
    expect(await shared.all({ dataset: 'e' }, 1)).toEqual([...rare].reverse());
    expect(await shared.all({ dataset: 'none' }, 100)).toEqual([]);
  });

  it('by status are exact', async () => {
    const made = await fresh();
    const ids = await made.add(6);
    await made.complete(ids[1] ?? '');
    await made.complete(ids[4] ?? '');
    await made.runs.start({ id: ids[2] ?? '', token: 't' });
    expect(await made.all({ status: 'complete' }, 1)).toEqual([ids[4], ids[1]]);
    expect(await made.all({ status: 'in_progress' }, 10)).toEqual([ids[2]]);
    expect(await made.all({ status: 'submitted' }, 2)).toEqual([ids[5], ids[3], ids[0]]);
  });

  it('drop records that have expired', async () => {
    const made = await fresh();
    const ids = await made.add(3);
    await made.redis.queue.del(made.keys.job(ids[1] ?? ''));
    expect(await made.all({}, 10)).toEqual([ids[2], ids[0]]);
    expect(await made.redis.queue.zcard(made.keys.jobs())).toBe(2);
  });

  it('give the open jobs that have no message in the queue one', async () => {
    const made = await fresh();
    const ids = await made.add(3, { priority: 5 });
    await made.complete(ids[0] ?? '');
    const message = (id: string): string => `${made.keys.bull()}:analyses:${id}`;
    for (const id of [ids[0], ids[2]]) await made.redis.queue.del(message(id ?? ''));
    const adopt = async (silent: number) => {
      const found: string[] = [];
      for await (const some of made.index.adoptOrphans(silent)) found.push(...some);
      return found;
    };
    expect(await adopt(60_000)).toEqual([]);
    expect(await adopt(0)).toEqual([ids[2]]);
    expect(await made.redis.queue.hget(message(ids[2] ?? ''), 'data')).toBe(
      JSON.stringify({ id: ids[2] }),
    );
    expect(await adopt(0)).toEqual([]);
  });

  it('look at some of very many open jobs at a time, and at all of them in turn', async () => {
    const made = await fresh();
    const ids = await made.add(3_500);
    const lost = [ids[500], ids[1_500], ids[3_400]] as string[];
    for (const id of lost) await made.redis.queue.del(`${made.keys.bull()}:analyses:${id}`);
    const adopt = async () => {
      const found: string[] = [];
      for await (const some of made.index.adoptOrphans(0)) found.push(...some);
      return found;
    };
    expect(await adopt()).toEqual(lost.slice(0, 2));
    expect(await adopt()).toEqual([]);
    expect(await adopt()).toEqual(lost.slice(2));
    await made.redis.queue.del(`${made.keys.bull()}:analyses:${lost[1] ?? ''}`);
    expect(await adopt()).toEqual(lost.slice(1, 2));
  });
});
