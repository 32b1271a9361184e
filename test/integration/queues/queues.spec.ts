import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, describe, expect, it } from '@jest/globals';
import { Injectable, type INestApplicationContext } from '@nestjs/common';

import { jsonResult } from '../../../src/analyses/results.js';
import { isFinished } from '../../../src/jobs/job.js';
import { JobsService } from '../../../src/jobs/jobs.service.js';
import type { Computation } from '../../../src/jobs/threads/compute-pool.js';
import { Operation, type OperationOutcome } from '../../../src/operations/operation.js';
import { IntegerField } from '../../../src/parameters/fields.js';
import { QueuesService } from '../../../src/queues/queues.service.js';
import { testConfiguration } from '../../factories/configuration.js';
import { FakeDatasets } from '../../factories/fake-datasets.js';
import { uniquePrefix } from '../../support/processes.js';
import { until } from '../../support/until.js';
import { InlineCompute, startApi, startWorker, type Part } from '../jobs/harness.js';

class Order {
  @IntegerField({ description: 'What is paid in; negative: what is drawn.' })
  amount!: number;
}

const account = { balance: 0 };

/** An order on an account: reads the balance, takes its time, writes it. Two at once would lose one. */
@Injectable()
class OrderOperation extends Operation<Order> {
  readonly name = 'order';
  readonly title = 'Order';
  readonly description = 'An order on the account of this test.';
  readonly params = Order;
  readonly example = { amount: 1 };
  override readonly dataset = 'none';
  override readonly submittable = true;

  async run({ amount }: Order): Promise<OperationOutcome> {
    const before = account.balance;
    await sleep(5);
    account.balance = before + amount;
    return { results: { 'value.json': jsonResult(account) }, version: null };
  }
}

const QUEUE = 'analyses';
const request = (top: number, label?: string) => ({
  analysis: 'value-counts',
  params: { column: 'recclass', top },
  ...(label === undefined ? {} : { label }),
});
const topOf = ({ params }: Computation): number => (params as { top: number }).top;

describe('the queue of jobs', () => {
  const apps: INestApplicationContext[] = [];
  afterEach(async () => {
    for (const app of apps.splice(0).reverse()) await app.close();
  });

  const part = (): Part => {
    const datasets = new FakeDatasets();
    datasets.answers = [
      () => [{ rows: 1, missing: 0, distinct: 1 }],
      () => [{ value: 'L6', count: 1 }],
    ];
    const configuration = testConfiguration(uniquePrefix(), {
      workerConcurrency: 1,
      shutdownGrace: 300,
    });
    return { configuration, datasets, operations: [OrderOperation] };
  };
  const api = async (of: Part) => {
    const app = await startApi(of);
    apps.push(app);
    return { jobs: app.get(JobsService), queues: app.get(QueuesService, { strict: false }) };
  };
  const worker = async (of: Part, compute: (task: Computation) => Promise<void>) => {
    const app = await startWorker(of, (registry) => {
      const inline = new InlineCompute(registry);
      inline.compute = compute;
      return inline;
    });
    apps.push(app);
  };
  const allEnded = (jobs: JobsService, ids: readonly string[]) =>
    until(
      async () =>
        (await Promise.all(ids.map((id) => jobs.find(id)))).every(({ status }) =>
          isFinished(status),
        ),
      { what: 'the end of all jobs', deadline: 20_000 },
    );

  it('gives first what came first: 5, 7 and A, and keeps 1 and 4', async () => {
    const of = part();
    const { jobs, queues } = await api(of);
    const put = async (label: string, top: number) => (await jobs.submit(request(top, label))).id;
    const ids = [await put('5', 1), await put('7', 2), await put('A', 3)];
    const taken: number[] = [];
    const more = new EventTarget();
    await worker(of, async (task) => {
      taken.push(topOf(task));
      if (topOf(task) > 3)
        await new Promise((go) => {
          more.addEventListener('go', go);
        });
    });
    await allEnded(jobs, ids);
    await queues.pause(QUEUE);
    ids.push(await put('1', 4), await put('4', 5));
    expect(taken).toEqual([1, 2, 3]);
    expect(await queues.find(QUEUE)).toMatchObject({ waiting: 2, active: 0, paused: true });
    await queues.resume(QUEUE);
    await until(() => taken.length === 4);
    expect(await queues.find(QUEUE)).toMatchObject({ waiting: 1, active: 1, paused: false });
    const going = setInterval(() => more.dispatchEvent(new Event('go')), 10);
    await allEnded(jobs, ids);
    clearInterval(going);
    expect(taken).toEqual([1, 2, 3, 4, 5]);
  });

  it('gives each job to one consumer, once, and none to one that works', async () => {
    const of = part();
    const { jobs } = await api(of);
    const ids: string[] = [];
    for (let top = 1; top <= 45; top++) ids.push((await jobs.submit(request(top))).id);
    const taken: number[] = [];
    const takers = new Set<number>();
    let overlaps = 0;
    for (const consumer of [0, 1, 2]) {
      let busy = false;
      await worker(of, async (task) => {
        if (busy) overlaps += 1;
        busy = true;
        taken.push(topOf(task));
        takers.add(consumer);
        await sleep(10);
        busy = false;
      });
    }
    await allEnded(jobs, ids);
    expect(taken.sort((a, b) => a - b)).toEqual(Array.from({ length: 45 }, (_, i) => i + 1));
    expect(takers.size).toBeGreaterThan(1);
    expect(overlaps).toBe(0);
  });

  it('balances an account: 50 + 25 - 10 is 65, never 40', async () => {
    const of = part();
    const { jobs } = await api(of);
    account.balance = 50;
    const orders = [25, -10, ...Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? 7 : -7))];
    const submitted = await Promise.all(
      orders.map((amount) => jobs.submit({ analysis: 'order', params: { amount } })),
    );
    await worker(of, () => Promise.resolve());
    await allEnded(
      jobs,
      submitted.map(({ id }) => id),
    );
    expect(account.balance).toBe(65);
  });

  it('is drained once it is closed and empty', async () => {
    const of = part();
    const { jobs, queues } = await api(of);
    expect(await queues.find(QUEUE)).toMatchObject({ waiting: 0, writable: true, drained: false });
    const { id } = await jobs.submit(request(1));
    expect(await queues.find(QUEUE)).toMatchObject({ waiting: 1 });
    await queues.close(QUEUE, 'maintenance');
    expect(await queues.find(QUEUE)).toMatchObject({ writable: false, drained: false });
    await expect(jobs.submit(request(2))).rejects.toMatchObject({
      code: 'queue-closed',
      detail: expect.stringContaining('maintenance'),
    });
    await worker(of, () => Promise.resolve());
    await allEnded(jobs, [id]);
    expect(await queues.find(QUEUE)).toMatchObject({ waiting: 0, active: 0, drained: true });
    await queues.open(QUEUE);
    expect(await queues.find(QUEUE)).toMatchObject({
      writable: true,
      drained: false,
      message: null,
    });
    expect((await jobs.submit(request(3))).status).toBe('submitted');
  });

  it('is closed for every process at once, whatever was being submitted', async () => {
    const of = part();
    const [one, two] = [await api(of), await api(of)];
    const accepted: string[] = [];
    let closed = false;
    const submitting = [one, two].map(async ({ jobs }, index) => {
      for (let top = 1; !closed && top <= 200; top++) {
        const job = await jobs.submit(request(top * 2 + index)).catch(() => null);
        if (job === null) return;
        accepted.push(job.id);
      }
    });
    await until(() => accepted.length >= 10);
    await one.queues.close(QUEUE, null);
    const open = (await two.queues.find(QUEUE)).waiting;
    await Promise.all(submitting);
    closed = true;
    expect(accepted).toHaveLength(open);
    expect((await one.queues.find(QUEUE)).waiting).toBe(open);
  });
});
