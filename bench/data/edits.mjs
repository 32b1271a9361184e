import { URLSearchParams } from 'node:url';

import { alternate, timed } from '../measure/alternate.mjs';
import { HttpClient } from '../measure/http-client.mjs';
import { bodyRequest, getRequest, requestRate } from '../measure/request-rate.mjs';
import { figures } from '../measure/statistics.mjs';

/** Connections of single edits: each waits for the disk, so a few do not keep an API busy. */
const FEW = 16;
const MANY = 64;
const WRITERS = 4;
const LIST = 100;
const VISIBLE = 50;
const MOST_ROUNDS = 3;

/** Edits: when another process shows them, lists of many writers, single ones; and what syncing costs. */
export async function measureEdits({ options, system, table, almanac, dataset }) {
  if (!table.whole) return [];
  const reader = new HttpClient(await system.api(almanac.redisUrl, {}, 'reader'));
  const at = `/datasets/${dataset}`;
  const { records } = await almanac.client.json(`${at}/records?limit=${WRITERS * LIST}`);
  const context = { options, system, table, almanac, reader, at, records };
  const results = [
    await visibleElsewhere(context),
    await listsOfSeveralWriters(context),
    ...(await singleEdits(context)),
  ];
  reader.close();
  await system.stop('reader');
  return results;
}

const json = (method, value) => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

/** From the acknowledgement of an edit to the answer of another process that shows it. */
async function visibleElsewhere({ table, almanac, reader, at, records }) {
  const [column, value] = table.edit;
  const id = encodeURIComponent(records[0][table.key]);
  const path = `${at}/records?${new URLSearchParams({ [table.key]: records[0][table.key] })}`;
  await reader.json(path);
  const times = [];
  for (let n = 0; n < VISIBLE; n++) {
    await almanac.client.drain(`${at}/records/${id}`, json('PATCH', { [column]: value(n) }));
    let looks = 0;
    const shown = async () => (await reader.json(path)).records[0][column] === value(n);
    times.push(
      await timed(async () => {
        while (!(await shown())) looks++;
      }),
    );
    if (looks > 0) throw new Error('an acknowledged edit was not shown by the next read');
  }
  return {
    what: 'an edit, from its acknowledgement until another process has shown it',
    ours: figures(times),
    unit: 'ms',
    target: { atMost: 50 },
  };
}

/** Each writer changes records of its own, again and again; at the end each has its last value. */
async function listsOfSeveralWriters({ options, table, almanac, reader, at, records }) {
  const [column, value] = table.edit;
  const rates = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const begin = performance.now();
    const end = begin + options.seconds * 1000;
    const writers = Array.from({ length: WRITERS }, async (_, writer) => {
      const client = new HttpClient(almanac.client.url);
      const own = records.slice(writer * LIST, (writer + 1) * LIST);
      let n = 0;
      do {
        const list = own.map((record) => ({ ...record, [column]: value(n) }));
        await client.drain(`${at}/records?onConflict=replace`, json('POST', list));
        n++;
      } while (performance.now() < end);
      client.close();
      return { own, last: value(n - 1), written: n * own.length };
    });
    const done = await Promise.all(writers);
    const seconds = (performance.now() - begin) / 1000;
    rates.push(done.reduce((sum, { written }) => sum + written, 0) / seconds);
    for (const { own, last } of done) {
      for (const record of [own[0], own.at(-1)].filter((one) => one !== undefined)) {
        const id = encodeURIComponent(record[table.key]);
        const kept = (await reader.json(`${at}/records/${id}`))[column];
        if (kept !== last) throw new Error(`an edit was lost: "${kept}" instead of "${last}"`);
      }
    }
  }
  return {
    what: `lists of ${LIST} records by ${WRITERS} writers on one table`,
    ours: figures(rates),
    unit: 'records/s',
    target: { atLeast: 1000 },
  };
}

async function singleEdits({ options, system, table, almanac, at, records }) {
  const [column, value] = table.edit;
  const body = JSON.stringify(records[0]);
  const bare = new HttpClient(await system.server('bare', 'bare/server.mjs', { BODY: body }));
  const { seconds } = options;
  let n = 0;
  const patch = (path) => {
    const id = encodeURIComponent(records[n % records.length][table.key]);
    return bodyRequest('PATCH', `${path}/records/${id}`, JSON.stringify({ [column]: value(n++) }));
  };
  const patches = (syncing, connections) => async () => {
    await almanac.redis.config('SET', 'appendfsync', syncing);
    return requestRate(almanac.client.url, () => patch(at), { seconds, connections });
  };
  const bareRate = (next, connections) => () =>
    requestRate(bare.url, next, { seconds, connections });
  const rates = await alternate(
    {
      many: patches('always', MANY),
      few: patches('always', FEW),
      everysec: patches('everysec', MANY),
      bareMany: bareRate(() => patch(''), MANY),
      bareFew: bareRate(() => patch(''), FEW),
      reading: bareRate(() => getRequest('/records/1'), MANY),
    },
    Math.min(options.repetitions, MOST_ROUNDS),
  );
  await almanac.redis.config('SET', 'appendfsync', 'always');
  bare.close();
  await system.stop('bare');
  const edits = (connections, ours, against, other, more) => ({
    what: `single PATCHes, ${connections} connections`,
    ...{ ours, against, other, unit: 'requests/s', ...more },
  });
  const same = 'a bare Nest route: the same request, an answer of the same bytes';
  return [
    edits(MANY, rates.many, same, rates.bareMany, { target: { atLeast: 0.3 } }),
    edits(FEW, rates.few, same, rates.bareFew),
    edits(MANY, rates.many, 'a bare Nest route that is read: GET', rates.reading),
    edits(MANY, rates.many, 'the same with appendfsync everysec', rates.everysec),
  ];
}
