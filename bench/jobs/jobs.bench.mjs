import { readFile } from 'node:fs/promises';

import { HttpClient } from '../measure/http-client.mjs';
import { System } from '../system/system.mjs';
import { chooseTable } from '../system/table.mjs';
import { measureScatterMap } from './scatter-map.mjs';
import { measureLatency } from './latency.mjs';
import { measureListing } from './listing.mjs';
import { measureTwoWorkers } from './two-workers.mjs';
import { measureWorkingOff } from './working-off.mjs';

const DATASET = 'bench';

/** Jobs from their submission to their end, on an API and a worker that have nothing else to do. */
export async function* benchJobs(options) {
  const system = new System(options);
  try {
    const table = await chooseTable(system.folder, options.rows);
    const redisUrl = await system.redis('redis');
    const client = new HttpClient(await system.noop('api', redisUrl));
    const body = await readFile(table.file);
    const headers = { 'content-type': 'text/csv' };
    await client.drain(`/datasets/${DATASET}`, { method: 'PUT', headers, body });
    const context = { options, system, table, redisUrl, client, dataset: DATASET };
    // Jobs are run in their order, so thousands of small ones come last.
    const results = [
      ...(await measureScatterMap(context)),
      ...(await measureLatency(context)),
      ...(await measureListing(context)),
      await measureTwoWorkers(context),
      ...(await measureWorkingOff(context)),
    ];
    client.close();
    yield { title: 'jobs', table: table.title, results };
  } finally {
    await system.close();
  }
}
