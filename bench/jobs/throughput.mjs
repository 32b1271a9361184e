import { setTimeout as sleep } from 'node:timers/promises';

import Bull from 'bull';

import { alternate } from '../measure/alternate.mjs';
import { postRequest, requestRate } from '../measure/request-rate.mjs';

const CONNECTIONS = 16;
const CONCURRENCY = 2;
const MOST_JOBS = 5_000;
const END_MS = 10_000;
const LOOK_EVERY_MS = 20;
const NOOP = postRequest('/jobs', JSON.stringify({ analysis: 'noop' }));

/**
 * How many jobs a second are accepted while no worker runs, beside a bare Nest route that writes one key for
 * each request; and how many jobs that do nothing a worker then completes, beside Bull alone at the same
 * concurrency. All on Redis servers that write every change to the disk before they answer.
 */
export async function measureThroughput({ options, system, redisUrl, client }) {
  const bare = await system.server('bare-post', 'bare/server.mjs', {
    BODY: '{}',
    REDIS_URL: redisUrl,
  });
  const rate = { seconds: options.seconds, connections: CONNECTIONS, expected: 202 };
  const key = postRequest('/keys', '{"analysis":"noop"}');
  const accepted = await alternate(
    {
      ours: () => requestRate(client.url, () => NOOP, rate),
      bare: () => requestRate(bare, () => key, rate),
    },
    Math.min(options.repetitions, 3),
  );
  await system.stop('bare-post');
  return [
    {
      what: `jobs accepted over HTTP, ${CONNECTIONS} connections`,
      ours: accepted.ours,
      against: 'a bare Nest route that writes one key',
      other: accepted.bare,
      unit: 'jobs/s',
      target: { atLeast: 0.4 },
    },
    await measureQueue(system, redisUrl, options),
  ];
}

async function measureQueue(system, redisUrl, { seconds, repetitions }) {
  const queue = new Bull('bench', redisUrl, {
    defaultJobOptions: { removeOnComplete: true },
    settings: { drainDelay: 5 },
  });
  try {
    const rounds = await alternate(
      {
        ours: () => completedRate(system, redisUrl, seconds),
        bull: () => bullRate(redisUrl, queue, seconds),
      },
      Math.min(repetitions, 3),
    );
    return {
      what: `queued jobs that do nothing, run by one worker, ${CONCURRENCY} at a time`,
      ours: rounds.ours,
      against: 'Bull alone',
      other: rounds.bull,
      unit: 'jobs/s',
      target: { atLeast: 0.5 },
    };
  } finally {
    await queue.close();
  }
}

/** Runs of a worker in some seconds, from the first that has ended, by its own metrics. */
async function completedRate(system, redisUrl, seconds) {
  const url = await system.noop('worker', redisUrl, { WORKER_CONCURRENCY: CONCURRENCY });
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

async function bullRate(redisUrl, queue, seconds) {
  await queue.addBulk(Array.from({ length: MOST_JOBS }, (_, id) => ({ data: { id } })));
  const worker = new Bull('bench', redisUrl);
  let done = 0;
  try {
    worker.process(CONCURRENCY, async () => void done++);
    return await rateOf(async () => done, seconds);
  } finally {
    await worker.close();
    await queue.empty();
  }
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
