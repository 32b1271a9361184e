import { createReadStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { URLSearchParams } from 'node:url';

import { alternate, timed } from '../measure/alternate.mjs';
import { figures } from '../measure/statistics.mjs';
import { loadRawDuckDb } from './raw-duckdb.mjs';

const MB = 1e6;

/**
 * One upload of the file, from the first byte to the answer, under keys that do not exist yet; and what each
 * side then holds in Redis. What takes a minute is done once, without warming up.
 */
export async function measureLoad(context) {
  const { options, system, table, almanac, naive } = context;
  const rounds = Math.min(options.repetitions, table.repetitions);
  const upload = (client, path) => () =>
    client.drain(path, {
      method: 'PUT',
      headers: { 'content-type': table.type },
      body: createReadStream(table.file),
    });
  const memory = { ours: [], naive: [] };
  const loader = system.watchMemory('api', 'loader.process');
  let dataset = '';

  const sides = {
    ours: async (round) => {
      if (dataset !== '') await almanac.client.drain(`/datasets/${dataset}`, { method: 'DELETE' });
      dataset = `bench-${round}`;
      return measured(almanac, memory.ours, upload(almanac.client, `/datasets/${dataset}`));
    },
    raw: (round) => timed(() => loadRawDuckDb(table, system.folder, round)),
  };
  if (naive !== null) {
    const query = new URLSearchParams({ key: table.key, delimiter: table.delimiter });
    sides.naive = async () => {
      await naive.redis.flushall('SYNC');
      return measured(naive, memory.naive, upload(naive.client, `/table?${query}`));
    };
  }
  const times = await alternate(sides, rounds, { warm: table.repetitions > 1 });
  return { dataset, results: results(table, times, memory, await loader.stop()) };
}

/** The time of a load; how much Redis has grown is added to the list. */
async function measured({ redis }, growths, load) {
  const before = await used(redis);
  const milliseconds = await timed(load);
  growths.push(((await used(redis)) - before) / MB);
  return milliseconds;
}

function results(table, times, memory, loaderMemory) {
  const what = 'load a CSV file over HTTP';
  const lines = [
    {
      what,
      ours: times.ours,
      against: 'raw DuckDB: CREATE TABLE AS read_csv into a file',
      other: times.raw,
      unit: 'ms',
      target: { atLeast: 0.6 },
    },
  ];
  if (loaderMemory !== null) {
    lines.push({
      what: 'memory of the process that loads, at most',
      ours: figures([loaderMemory]),
      unit: 'MB',
      target: { atMost: 700 },
    });
  }
  if (times.naive === undefined) return lines;
  const naive = { against: 'naive: csv-parse, pipelined SET', other: times.naive };
  return [
    { what, ours: times.ours, ...naive, unit: 'ms', ...targetOf(table, { atLeast: 3 }) },
    ...lines,
    {
      what: 'memory in Redis',
      ours: figures(memory.ours),
      against: 'naive: one JSON text a record',
      other: figures(memory.naive),
      unit: 'MB',
      compare: 'share',
      ...targetOf(table, { atMost: 0.2 }),
    },
  ];
}

/** What was set out for against the naive design is about the table of meteorites. */
const targetOf = ({ whole }, target) => (whole ? { target } : {});

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
