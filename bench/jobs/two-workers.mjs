import { cpus } from 'node:os';

import { alternate } from '../measure/alternate.mjs';

const ENOUGH_PROCESSORS = 4;
const EACH = 6;
const ALONE = { WORKER_CONCURRENCY: '1', DUCKDB_THREADS: '1' };

/**
 * Plots, which need little but a processor, drawn by two workers beside one; each worker draws one at a time. The
 * gain depends on the processors: API, Redis and this program need some of them too.
 */
export async function measureTwoWorkers(context) {
  const rounds = context.options.repetitions < 3 ? 1 : 2;
  const rates = await alternate(
    { two: () => plotsRate(context, 2), one: () => plotsRate(context, 1) },
    rounds,
    { warm: false },
  );
  return {
    what: 'maps drawn by two workers',
    ours: rates.two,
    against: 'by one worker',
    other: rates.one,
    unit: 'jobs/s',
    note: `${cpus().length} processors`,
    ...(cpus().length < ENOUGH_PROCESSORS ? {} : { target: { atLeast: 1.7 } }),
  };
}

async function plotsRate(context, count) {
  const { system, redisUrl } = context;
  const names = Array.from({ length: count }, (_, i) => `worker-${i + 1}`);
  await Promise.all(names.map((name) => system.noop('worker', redisUrl, ALONE, name)));
  try {
    await draw(context, 2 * count);
    const begin = performance.now();
    await draw(context, EACH * count);
    return (EACH * count * 1000) / (performance.now() - begin);
  } finally {
    for (const name of names) await system.stop(name);
  }
}

/** Maps of all rows, one after the other in the queue; resolves when the last one is there. */
async function draw({ client, dataset }, count) {
  const body = JSON.stringify({ analysis: 'map', dataset, params: { color: 'mass (g)' } });
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-cache' };
  const ids = [];
  for (let i = 0; i < count; i++) {
    ids.push((await client.json('/jobs', { method: 'POST', headers, body })).id);
  }
  for (const id of ids) {
    let job = await client.json(`/jobs/${id}`);
    while (job.finished === null) job = await client.json(`/jobs/${id}?wait=30`);
    if (job.status !== 'complete') throw new Error(`a map ended as ${job.status}`);
  }
}
