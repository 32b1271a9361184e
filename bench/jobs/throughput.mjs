import { setTimeout as sleep } from 'node:timers/promises';

import Bull from 'bull';

import { alternate } from '../measure/alternate.mjs';
import { figures } from '../measure/statistics.mjs';
import { postRequest, requestRate } from '../measure/request-rate.mjs';

const CONNECTIONS = 16;
const CONCURRENCY = 2;
const MOST_JOBS = 5_000;
const END_MS = 60_000;
const LOOK_EVERY_MS = 20;

/**
 * How many small jobs a second are accepted while no worker runs, and how many a worker then completes;
 * beside Bull alone with jobs that do nothing, added one by one over as many connections and run with the
 * same concurrency.
 */
export async function measureThroughput({ options, system, redisUrl, client, dataset }) {
  const request = postRequest(
    '/jobs',
    JSON.stringify({ analysis: 'value-counts', dataset, params: { column: 'recclass' } }),
  );
  const rate = { seconds: options.seconds, connections: CONNECTIONS, expected: 202 };
  const queue = new Bull('bench', redisUrl, { defaultJobOptions: { removeOnComplete: true } });
  try {
    const accepted = await alternate(
      {
        ours: () => requestRate(client.url, () => request, rate),
        bull: () => addRate(queue, options.seconds),
      },
      Math.min(options.repetitions, 3),
    );
    const ran = await completedRate(system, redisUrl, options.seconds);
    const bull = await bullRate(queue, options.seconds);
    return [
      {
        what: `jobs accepted over HTTP, ${CONNECTIONS} connections`,
        ours: accepted.ours,
        against: 'Bull alone: add',
        other: accepted.bull,
        unit: 'jobs/s',
      },
      {
        what: `small jobs (value-counts) run by one worker, ${CONCURRENCY} at a time`,
        ours: figures([ran]),
        against: 'Bull alone: jobs that do nothing',
        other: figures([bull]),
        unit: 'jobs/s',
      },
    ];
  } finally {
    await queue.close();
  }
}

async function addRate(queue, seconds) {
  const begin = performance.now();
  const end = begin + seconds * 1000;
  let added = 0;
  const add = async () => {
    while (performance.now() < end && added < MOST_JOBS) {
      await queue.add({ id: added });
      added++;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, add));
  return added / ((performance.now() - begin) / 1000);
}

/** Runs of a worker in some seconds, from the first that has ended, by its own metrics. */
async function completedRate(system, redisUrl, seconds) {
  const url = await system.worker(redisUrl, { WORKER_CONCURRENCY: CONCURRENCY });
  try {
    const counted = async () => {
      const text = await (await fetch(`${url}/metrics`)).text();
      return Number(/^almanac_job_runs_total\{status="complete".*\} (\d+)$/m.exec(text)?.[1] ?? 0);
    };
    return await rateOf(counted, seconds);
  } finally {
    await system.stop('worker');
  }
}

async function bullRate(queue, seconds) {
  let done = 0;
  queue.process(CONCURRENCY, async () => void done++);
  return rateOf(async () => done, seconds);
}

/** How fast a count grows, from its first growth on, until the time is over or it stands still. */
async function rateOf(count, seconds) {
  const deadline = performance.now() + END_MS;
  const before = await count();
  while ((await count()) === before && performance.now() < deadline) await sleep(LOOK_EVERY_MS);
  const [start, begin] = [await count(), performance.now()];
  await sleep(seconds * 1000);
  return ((await count()) - start) / ((performance.now() - begin) / 1000);
}
