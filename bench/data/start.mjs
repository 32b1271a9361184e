import { HttpClient } from '../measure/http-client.mjs';
import { figures } from '../measure/statistics.mjs';
import { pagePath } from './page.mjs';

/**
 * A new process with an empty data folder: from its start to its first answer about the table, which it has
 * to fetch from Redis before; and how large it gets with the questions that need most.
 */
export async function measureStart({ options, system, table, almanac, dataset }) {
  if (table.naive && options.rows === null) return []; // only large tables make it hard
  const begin = performance.now();
  const client = new HttpClient(await system.api(almanac.redisUrl, {}, 'fresh'));
  const memory = system.watchMemory('fresh');
  const started = performance.now();
  await client.drain(pagePath(dataset, table.question(0)));
  const answered = performance.now();
  const [word] = table.question(1).equal.slice(1);
  for (const path of [`records?sort=-${table.key}`, `records?search=${word}`, 'summary']) {
    await client.drain(`/datasets/${dataset}/${path}`);
  }
  client.close();
  const most = await memory.stop();
  await system.stop('fresh');
  const time = (what, milliseconds, target) => ({
    ...{ what, ours: figures([milliseconds]), unit: 'ms' },
    ...(target === undefined ? {} : { target }),
  });
  return [
    time('a new process: from ready to its first page', answered - started, { atMost: 2000 }),
    time('a new process: from its start to its first page', answered - begin),
    ...(most === null
      ? []
      : [
          {
            what: 'a new process: its memory after a page, a sort, a search and a summary',
            ours: figures([most]),
            unit: 'MB',
            target: { atMost: 1000 },
          },
        ]),
  ];
}
