import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { Piscina } from 'piscina';

import { alternate } from '../measure/alternate.mjs';
import { figures } from '../measure/statistics.mjs';
import { ROOT } from '../system/system.mjs';
import { rowsOf } from '../system/table.mjs';
import { runJob } from './run-job.mjs';

const PARAMS = { color: 'mass (g)', colorScale: 'log' };
const IDLE_MS = 200;

/**
 * The map of all rows coloured by a column: the whole way of the job, beside drawing alone. Drawing is timed
 * around the `compute` step of the built analysis, in a thread of this process with the same warming and
 * the same columns, so it holds no queue, no query and no hand-over.
 */
export async function measureScatterMap({ options, system, table, redisUrl, client, dataset }) {
  await system.worker(redisUrl);
  const about = await client.json(`/datasets/${dataset}`);
  const columns = await columnsOf(table.file);
  const stages = [];
  const pool = new Piscina({
    filename: new URL('./draw.thread.mjs', import.meta.url).href,
    workerData: { dist: join(ROOT, 'dist') },
    minThreads: 1,
    maxThreads: 1,
  });
  try {
    const times = await alternate(
      {
        job: async (round) => {
          await sleep(IDLE_MS);
          const job = await runJob(client, { analysis: 'map', dataset, params: PARAMS });
          stages[round] = job;
          return job.total;
        },
        draw: async () => {
          await sleep(IDLE_MS);
          return pool.run({ params: PARAMS, columns, about });
        },
      },
      options.repetitions,
    );
    return lines(times, stages.slice(1));
  } finally {
    await pool.destroy();
    await system.stop('worker');
  }
}

function lines(times, stages) {
  const of = (stage) => figures(stages.map((job) => job[stage]));
  const part = (what, stage) => ({
    what: `map job: ${what}`,
    ours: of(stage),
    against: 'the whole job',
    other: times.job,
    unit: 'ms',
    compare: 'share',
  });
  return [
    {
      what: 'map job, from its submission to its end',
      ours: times.job,
      against: 'drawing alone',
      other: times.draw,
      unit: 'ms',
      compare: 'extra',
    },
    part('accepted by the API', 'accepted'),
    part('waiting for a worker', 'wait'),
    part('reading the columns', 'query'),
    part('in its thread, drawing', 'thread'),
    part('keeping the results', 'keep'),
  ];
}

/** The columns as the analysis reads them: longitude, latitude, colour. */
async function columnsOf(file) {
  const rows = await rowsOf(file);
  const column = (name) => ({
    kind: 'number',
    values: Float64Array.from(rows, (row) => (row[name] === '' ? NaN : Number(row[name]))),
  });
  return { a: column('reclong'), b: column('reclat'), c: column('mass (g)') };
}
