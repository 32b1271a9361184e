import { Redis } from 'ioredis';

import { HttpClient } from '../measure/http-client.mjs';
import { System } from '../system/system.mjs';
import { chooseTable } from '../system/table.mjs';
import { measureExport } from './export.mjs';
import { measureLoad } from './load.mjs';
import { measurePage } from './page.mjs';
import { RawDuckDb } from './raw-duckdb.mjs';
import { measureRecord } from './record.mjs';

/** The data side, each part measured against the naive design on a Redis of its own. */
export async function benchData(options) {
  const system = new System(options);
  const closing = [];
  try {
    const table = await chooseTable(system.folder, options.rows);
    const almanac = await side(system, 'redis', (url) => system.api(url), closing);
    const naive = await side(
      system,
      'redis-naive',
      (url) => system.server('naive', 'naive/server.mjs', { REDIS_URL: url }),
      closing,
    );
    const context = { options, system, table, almanac, naive };
    const { dataset, results } = await measureLoad(context);
    const raw = await RawDuckDb.open(system.folder);
    closing.push(() => raw.close());
    const loaded = { ...context, dataset, raw };
    results.push(...(await measurePage(loaded)));
    results.push(...(await measureRecord(loaded)));
    results.push(...(await measureExport(loaded)));
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
  return { client, redis };
}
