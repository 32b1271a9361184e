import { randomUUID } from 'node:crypto';

import { alternate, timed } from '../measure/alternate.mjs';
import { HttpClient } from '../measure/http-client.mjs';

const dist = new URL('../../dist/', import.meta.url);
const load = (path) => import(new URL(path, dist).href);

const FEW = 100;
const MANY = 100_000;
const AT_A_TIME = 64;
const ROUNDS = 5;
/** One job in so many has the label that is asked for. */
const RARE = 1_000;
const LISTS = {
  'the newest 100 jobs': '/jobs',
  'the newest 100 complete jobs': '/jobs?status=complete',
  'the newest complete job with a label that is rare': '/jobs?label=rare&status=complete&limit=1',
};

/**
 * Pages of many finished jobs beside the same pages of a few. The jobs are made by the product's own writers of
 * records, since running so many would take an hour.
 */
export async function measureListing({ options, system, redisUrl, client: few }) {
  const many = options.rows === null ? MANY : options.rows * 2;
  await seed(redisUrl, FEW);
  // So many make Redis rewrite its file in the background, which is not to disturb what is measured next.
  const ownUrl = await system.redis('redis-many');
  await seed(ownUrl, many);
  const lot = new HttpClient(await system.noop('api', ownUrl, {}, 'many'));
  const results = [];
  for (const [what, path] of Object.entries(LISTS)) {
    const times = await alternate(
      { few: () => timed(() => few.text(path)), many: () => timed(() => lot.text(path)) },
      options.repetitions * ROUNDS,
    );
    results.push({
      what: `${what}, of ${many} finished ones`,
      ours: times.many,
      against: `the same, of about ${FEW} finished ones`,
      other: times.few,
      unit: 'ms',
      target: { atLeast: 0.8 },
    });
  }
  lot.close();
  await system.stop('many');
  await system.stop('redis-many');
  return results;
}

async function seed(redisUrl, count) {
  const writer = await Seed.on({ REDIS_URL: redisUrl });
  await writer.finished(count);
  writer.close();
}

/** Writes finished jobs as API and worker do, without their queue. */
class Seed {
  static async on(env) {
    const { parseConfiguration } = await load('config/configuration.js');
    const { RedisConnections } = await load('redis/connections.js');
    const { JobStore } = await load('jobs/store/job-store.js');
    const { RunStore } = await load('jobs/store/run-store.js');
    const configuration = parseConfiguration(env);
    const redis = new RedisConnections(configuration);
    if (!(await redis.ready(5_000))) throw new Error('Redis does not answer');
    const stores = [JobStore, RunStore].map((Store) => new Store(redis, configuration));
    return new Seed(redis, ...stores);
  }

  constructor(redis, jobs, runs) {
    Object.assign(this, { redis, jobs, runs });
  }

  async finished(count) {
    for (let from = 0; from < count; from += AT_A_TIME) {
      const part = Math.min(AT_A_TIME, count - from);
      await Promise.all(Array.from({ length: part }, (_, i) => this.#one(from + i)));
    }
  }

  async #one(number) {
    const run = { id: randomUUID(), token: 'seed' };
    await this.jobs.submit(run.id, planOf(number));
    await this.runs.start(run);
    await this.runs.finish(run, { status: 'complete', version: '1.0', lines: ['complete'] });
  }

  close() {
    this.redis.close();
  }
}

const planOf = (number) => ({
  ...{ analysis: 'value-counts', dataset: 'bench', params: { column: 'recclass' }, filter: {} },
  ...{ label: number % RARE === 0 ? 'rare' : null, timeout: 60_000, version: '1.0' },
  ...{ priority: 0, tries: 3, callback: null, wanted: null, question: null },
});
