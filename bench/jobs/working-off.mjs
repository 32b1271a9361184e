import { setTimeout as sleep } from 'node:timers/promises';

import Bull from 'bull';

import { measureAcceptance } from './acceptance.mjs';
import { alternate } from '../measure/alternate.mjs';
import { HttpClient } from '../measure/http-client.mjs';
import { postRequest, requestRate } from '../measure/request-rate.mjs';

/** Each job is to be computed by itself, whatever is known already. */
const FRESH = { 'cache-control': 'no-cache' };
const CONCURRENCY = 2;
const CONNECTIONS = 16;
/** Jobs a second that are put into a queue beforehand, so that it is never empty. */
const MOST_A_SECOND = 3_000;
/** Of the time that is measured: until the code of a new process is compiled and its threads stand. */
const WARM = 1.5;
const LOOK_EVERY_MS = 20;
const END_MS = 60_000;

/**
 * How many jobs are accepted in a second; and how many queued jobs that do nothing one worker completes, beside Bull
 * alone at the same concurrency, both warm. Nothing is done in two ways: by an operation, in the process of the worker, as Bull's function is; and
 * by an analysis, whose dataset is opened and whose thread is asked. The whole way of the job is in both: record,
 * log, result, lists, followers.
 */
export async function measureWorkingOff(context) {
  const { system, redisUrl, options, client } = context;
  const { seconds } = options;
  const env = { KEY_PREFIX: 'bench-operation' };
  const own = new HttpClient(await system.noop('api', redisUrl, env, 'operation'));
  const operation = new Backlog(context, own, env, { analysis: 'noop' });
  const analysis = new Backlog(context, client, {}, { analysis: 'nothing', dataset: 'bench' });
  const accepted = await measureAcceptance(context, own.url);
  const queue = new Bull('bench', redisUrl, { defaultJobOptions: { removeOnComplete: true } });
  try {
    const rates = await alternate(
      {
        operation: () => operation.rate(seconds),
        bull: () => bullRate(redisUrl, queue, seconds),
        analysis: () => analysis.rate(seconds),
      },
      Math.min(options.repetitions, 3),
      { warm: false },
    );
    const line = (what, name, more) => ({
      what: `queued jobs that do nothing, ${CONCURRENCY} at a time: ${what}`,
      ours: rates[name],
      against: 'Bull alone: a function that does nothing',
      other: rates.bull,
      unit: 'jobs/s',
      ...more,
    });
    return [
      accepted,
      line('an operation, in the process', 'operation', { target: { atLeast: 0.5 } }),
      line('an analysis, with its dataset and its thread', 'analysis'),
    ];
  } finally {
    await queue.close();
    own.close();
    await system.stop('operation');
  }
}

/** Jobs of one kind which wait; no other process knows their queue. */
class Backlog {
  /** @param env where API and worker have this queue */
  constructor({ system, redisUrl }, client, env, body) {
    Object.assign(this, { system, redisUrl, client, env });
    this.request = postRequest('/jobs', JSON.stringify(body), FRESH);
  }

  /** Jobs that a new worker completes in a second, by its own metrics. */
  async rate(seconds) {
    await this.#fill(MOST_A_SECOND * seconds * (1 + WARM));
    const { system, redisUrl } = this;
    const more = { ...this.env, WORKER_CONCURRENCY: CONCURRENCY };
    const url = await system.noop('worker', redisUrl, more);
    try {
      const completed = async () => {
        const text = await (await fetch(`${url}/metrics`)).text();
        return Number(
          /^almanac_job_runs_total\{status="complete".*\} (\d+)$/m.exec(text)?.[1] ?? 0,
        );
      };
      return await rateOf(completed, seconds);
    } finally {
      await system.stop('worker');
    }
  }

  async #fill(wanted) {
    const rate = { seconds: 0.2, connections: CONNECTIONS, expected: 202 };
    const waiting = async () => (await this.client.json('/queues/analyses')).waiting;
    while ((await waiting()) < wanted) await requestRate(this.client.url, () => this.request, rate);
  }
}

async function bullRate(redisUrl, queue, seconds) {
  const jobs = Array.from({ length: MOST_A_SECOND }, (_, id) => ({ data: { id } }));
  const wanted = MOST_A_SECOND * seconds * (1 + WARM);
  while ((await queue.getWaitingCount()) < wanted) await queue.addBulk(jobs);
  const worker = new Bull('bench', redisUrl);
  let done = 0;
  try {
    worker.process(CONCURRENCY, async () => void done++);
    return await rateOf(async () => done, seconds);
  } finally {
    await worker.close();
  }
}

/** How fast a count grows, some time after its first growth. */
async function rateOf(count, seconds) {
  const deadline = performance.now() + END_MS;
  while ((await count()) === 0) {
    if (performance.now() > deadline) throw new Error('no job was completed');
    await sleep(LOOK_EVERY_MS);
  }
  await sleep(seconds * WARM * 1000);
  const [start, begin] = [await count(), performance.now()];
  await sleep(seconds * 1000);
  return ((await count()) - start) / ((performance.now() - begin) / 1000);
}
