import { Redis } from 'ioredis';

import { HttpClient } from '../measure/http-client.mjs';
import { System } from '../system/system.mjs';
import { measureEdits } from './edits.mjs';
import { measureExport } from './export.mjs';
import { measureLoad } from './load.mjs';
import { measurePage } from './page.mjs';
import { measureProcessor } from './processor.mjs';
import { RawDuckDb } from './raw-duckdb.mjs';
import { measureRecord } from './record.mjs';
import { measureStart } from './start.mjs';
import { tableOf } from './tables.mjs';

/** The data side, table by table, each on processes and a Redis of its own. Edits come last: they change it. */
const MEASURES = {
  page: measurePage,
  processor: measureProcessor, // before all records have been read once
  record: measureRecord,
  export: measureExport,
  start: measureStart,
  edits: measureEdits,
};

export async function* benchData(options) {
  for (const size of options.sizes) yield await benchTable(size, options);
}

async function benchTable(size, options) {
  const system = new System(options);
  const closing = [];
  try {
    const table = await tableOf(size, system.folder, options);
    const almanac = await side(system, 'redis', (url) => system.api(url), closing);
    const naive = table.naive
      ? await side(
          system,
          'redis-naive',
          (url) => system.server('naive', 'naive/server.mjs', { REDIS_URL: url }),
          closing,
        )
      : null;
    const context = { options, system, table, almanac, naive };
    const { dataset, results } = await measureLoad(context);
    const raw = await RawDuckDb.open(system.folder);
    closing.push(() => raw.close());
    for (const [part, measure] of Object.entries(MEASURES)) {
      if (!part.includes(options.only)) continue;
      results.push(...(await measure({ ...context, dataset, raw })));
    }
    return { title: 'data', table: table.title, results };
  } finally {
    for (const close of closing.reverse()) close();
    await system.close();
  }
}

async function side(system, name, start, closing) {
  const redisUrl = await system.redis(name);
  const client = new HttpClient(await start(redisUrl));
  const redis = new Redis(redisUrl);
  closing.push(
    () => client.close(),
    () => redis.disconnect(),
  );
  return { client, redis, redisUrl };
}
