import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

const PER_REQUEST = 100;
/** Seldom: to count, the API has to take over what was saved, which costs more than to save it. */
const LOOK_EVERY_MS = 1_000;
/** Before the measurement begins: the first articles start the threads and make the dataset. */
const WARM_UP_SHARE = 0.1;
const LONGEST_MS = 1_800_000;
const headers = { 'content-type': 'application/json' };

/** Sends all articles, one request after the other. @returns articles a second */
export async function sendAll(client, articles) {
  const begin = performance.now();
  for (let at = 0; at < articles.length; at += PER_REQUEST) {
    const body = JSON.stringify(articles.slice(at, at + PER_REQUEST));
    await client.drain('/articles', { method: 'POST', headers, body });
  }
  return (articles.length * 1000) / (performance.now() - begin);
}

/**
 * Starts workers and waits until all articles are saved. Each worker has a processor of its own, as far as there are
 * some: one worker alone would keep a second one busy with its queues while its thread reads.
 * @returns articles a second, after a tenth of them, and the milliseconds of processor time
 *   that the workers took for one, or null where the system does not tell
 * @throws {Error} where one is missing or was saved more than once
 */
export async function saveAll(system, redisUrl, client, articles, workers) {
  const names = Array.from({ length: workers }, (_, index) => `worker-${index}`);
  const env = { WORKER_CONCURRENCY: 1 };
  await Promise.all(names.map((name) => system.worker(redisUrl, env, name)));
  names.forEach((name, index) => system.pin(name, index % availableParallelism()));
  const deadline = performance.now() + LONGEST_MS;
  const before = await untilSaved(client, Math.ceil(articles.length * WARM_UP_SHARE), deadline);
  const started = names.map((name) => system.processorTime(name));
  const begin = performance.now();
  await untilSaved(client, articles.length, deadline);
  const seconds = (performance.now() - begin) / 1000;
  const spent = names.map((name, index) => system.processorTime(name) - started[index]);
  await check(client, articles);
  for (const name of names) await system.stop(name);
  const done = articles.length - before;
  const processor = started.includes(null) ? null : spent.reduce((sum, one) => sum + one, 0) / done;
  return { rate: done / seconds, processor };
}

/** @returns how many are saved then */
async function untilSaved(client, count, deadline) {
  for (;;) {
    const saved = await savedSoFar(client);
    if (saved >= count) return saved;
    if (performance.now() > deadline) throw new Error('the articles are not all saved');
    await sleep(LOOK_EVERY_MS);
  }
}

/** None before the first is saved: the dataset is not there yet. */
const savedSoFar = async (client) => {
  const { datasets } = await client.json('/datasets');
  if (!datasets.some(({ name }) => name === 'articles')) return 0;
  return (await client.json('/articles?limit=1')).total;
};

/** Each is there with its words; and each was written once: by the first load, or by one edit. */
async function check(client, articles) {
  const path = '/datasets/articles';
  const { records } = await client.json(`${path}/aggregate?agg=count,distinct(id),sum(words)`);
  const [{ count, 'distinct(id)': ids, 'sum(words)': words }] = records;
  const sent = articles.reduce((sum, { body }) => sum + (body.match(/\S+/g)?.length ?? 0), 0);
  const loaded = (await client.json(`${path}/load-report`)).rows;
  const edits = Number((await client.json(path)).version.split('.')[1]);
  const expected = [articles.length, articles.length, sent, articles.length - loaded];
  const found = [count, ids, words, edits];
  if (String(found) === String(expected)) return;
  throw new Error(`articles, ids, words and edits are ${found}, not ${expected}`);
}
