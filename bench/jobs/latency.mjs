import { setTimeout as sleep } from 'node:timers/promises';

import Bull from 'bull';

import { alternate, timed } from '../measure/alternate.mjs';
import { figures } from '../measure/statistics.mjs';

const CONCURRENCY = 2;
const REST_MS = 50;
/** Requests until the code of the API is compiled, as in one that has served for a minute. */
const WARM = 500;

/**
 * Single requests, one after the other, on a system that does nothing else: from the submission of a job that does
 * nothing to the answer that says it is complete, after a rest each, beside Bull alone; and a request that was answered before,
 * by an API that is warm, one after the other over one connection.
 */
export async function measureLatency({ options, system, redisUrl, client, dataset }) {
  // Bull's finished() waits for ever for a job that was removed before it looked.
  const queue = new Bull('bench-idle', redisUrl);
  queue.process(CONCURRENCY, async () => undefined);
  await system.noop('worker', redisUrl, { WORKER_CONCURRENCY: CONCURRENCY });
  const post = (body) =>
    client.json('/jobs', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const question = { analysis: 'value-counts', dataset, params: { column: 'recclass' } };
  try {
    await untilEnd(client, await post(question));
    const times = await alternate(
      {
        ours: async () =>
          timedAfterRest(async () => untilEnd(client, await post({ analysis: 'noop' }))),
        bull: async () => timedAfterRest(async () => (await queue.add({})).finished()),
      },
      Math.max(options.repetitions * 3, 10),
    );
    for (let i = 0; i < WARM; i++) await post(question);
    const again = [];
    for (let i = 0; i < options.repetitions * 10; i++)
      again.push(await timed(() => post(question)));
    return [
      {
        what: 'a job that does nothing, from its submission to its end, idle',
        ours: times.ours,
        against: 'Bull alone: add, finished',
        other: times.bull,
        unit: 'ms',
        compare: 'extra',
        target: { atMost: 8 },
      },
      {
        what: 'a request that was answered before, warm, over one connection',
        ours: figures(again),
        unit: 'ms',
        target: { atMost: 5 },
      },
    ];
  } finally {
    await system.stop('worker');
    await queue.close();
  }
}

async function untilEnd(client, job) {
  let now = job;
  while (!/complete|failed|cancelled/.test(now.status)) {
    now = await client.json(`/jobs/${job.id}?wait=30`);
  }
  return now;
}

async function timedAfterRest(call) {
  await sleep(REST_MS);
  const begin = performance.now();
  await call();
  return performance.now() - begin;
}
