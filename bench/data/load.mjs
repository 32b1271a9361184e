import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import { alternate, timed } from '../measure/alternate.mjs';
import { figures } from '../measure/statistics.mjs';
import { loadRawDuckDb } from './raw-duckdb.mjs';

const MB = 1e6;

/**
 * One upload of the gzipped file, from the first byte to the answer, under keys that do not exist yet; and
 * what each side then holds in Redis.
 */
export async function measureLoad({ options, system, table, almanac, naive }) {
  const body = await readFile(table.file);
  const headers = { 'content-type': 'text/csv' };
  const upload = (client, path) => () => client.drain(path, { method: 'PUT', headers, body });
  const memory = { ours: [], naive: [] };
  let dataset = '';

  const times = await alternate(
    {
      ours: async (round) => {
        if (dataset !== '')
          await almanac.client.drain(`/datasets/${dataset}`, { method: 'DELETE' });
        dataset = `bench-${round}`;
        memory.ours[round] = await used(almanac.redis);
        const milliseconds = await timed(upload(almanac.client, `/datasets/${dataset}`));
        memory.ours[round] = ((await used(almanac.redis)) - memory.ours[round]) / MB;
        return milliseconds;
      },
      naive: async (round) => {
        await naive.redis.flushall('SYNC');
        memory.naive[round] = await used(naive.redis);
        const milliseconds = await timed(upload(naive.client, '/table'));
        memory.naive[round] = ((await used(naive.redis)) - memory.naive[round]) / MB;
        return milliseconds;
      },
      raw: (round) => timed(() => loadRawDuckDb(table.file, system.folder, round)),
    },
    options.repetitions,
  );
  return {
    dataset,
    results: [
      {
        what: 'load a gzipped CSV file over HTTP',
        ours: times.ours,
        against: 'naive: csv-parse, pipelined SET',
        other: times.naive,
        unit: 'ms',
        target: { atLeast: 3 },
      },
      {
        what: 'load a gzipped CSV file over HTTP',
        ours: times.ours,
        against: 'raw DuckDB: CREATE TABLE AS read_csv into a file',
        other: times.raw,
        unit: 'ms',
      },
      {
        what: 'memory in Redis',
        ours: figures(memory.ours.slice(1)),
        against: 'naive: one JSON text a record',
        other: figures(memory.naive.slice(1)),
        unit: 'MB',
        compare: 'share',
        target: { atMost: 0.2 },
      },
    ],
  };
}

const SETTLED_MS = 300;

/**
 * Bytes that Redis holds, without the buffers of its connections and of the append-only file. Redis counts
 * those only now and then, so this waits until two looks agree.
 */
async function used(redis) {
  let last = NaN;
  for (let looks = 0; looks < 20; looks++) {
    const info = await redis.info('memory');
    const field = (name) => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)[1]);
    const now = field('used_memory') - field('mem_clients_normal') - field('mem_aof_buffer');
    if (Math.abs(now - last) < 0.01 * MB) return now;
    last = now;
    await sleep(SETTLED_MS);
  }
  return last;
}
