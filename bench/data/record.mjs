import { alternate, timed } from '../measure/alternate.mjs';
import { HttpClient } from '../measure/http-client.mjs';
import { shuffled } from '../measure/random.mjs';
import { getRequest, requestRate } from '../measure/request-rate.mjs';
import { median } from '../measure/statistics.mjs';
import { rowsOf } from '../system/table.mjs';

const CONNECTIONS = 16;
const HOT = 100;
const COLD_READS = 200;
const MOST_ROUNDS = 5;

/**
 * One record at a time: hot ones, asked for again and again, and cold ones. All ids of the table in turn are
 * cold as long as the table is larger than the API's cache of 20,000 records.
 */
export async function measureRecord({ options, system, table, almanac, naive, raw, dataset }) {
  if (!table.whole) return [];
  const ids = shuffled((await rowsOf(table.file)).map(({ id }) => id));
  const ours = `/datasets/${dataset}/records/`;
  const body = await almanac.client.text(ours + ids[0]);
  const bare = new HttpClient(await system.server('bare', 'bare/server.mjs', { BODY: body }));
  const rate = (client, path, list) => {
    let index = 0;
    const next = () => getRequest(path + list[index++ % list.length]);
    const { seconds } = options;
    return () => requestRate(client.url, next, { seconds, connections: CONNECTIONS });
  };

  const hot = ids.slice(0, HOT);
  const rates = await alternate(
    {
      hot: rate(almanac.client, ours, hot),
      cold: rate(almanac.client, ours, ids),
      naive: rate(naive.client, '/records/', ids),
      bare: rate(bare, '/records/', ids),
    },
    Math.min(options.repetitions, MOST_ROUNDS),
  );
  const next = inTurn(ids.toReversed()); // others than those which were just read
  const times = await alternate(
    {
      cold: () => middle(() => almanac.client.drain(ours + next())),
      raw: () => middle(() => rawRecord(raw, next())),
    },
    options.repetitions,
  );
  bare.close();
  await system.stop('bare');

  const naiveDesign = 'naive: GET, JSON.parse';
  const bareRoute = 'a bare Nest route, the same bytes';
  const perSecond = (what, figures, against, other, target) => ({
    what: `one ${what} record over HTTP, ${CONNECTIONS} connections`,
    ...{ ours: figures, against, other, unit: 'requests/s', ...target },
  });
  return [
    perSecond('hot', rates.hot, naiveDesign, rates.naive),
    perSecond('hot', rates.hot, bareRoute, rates.bare, { target: { atLeast: 0.6 } }),
    perSecond('cold', rates.cold, naiveDesign, rates.naive),
    perSecond('cold', rates.cold, bareRoute, rates.bare),
    {
      what: 'one cold record over HTTP, one after the other',
      ours: times.cold,
      against: 'raw DuckDB in one process',
      other: times.raw,
      unit: 'ms',
      target: { atLeast: 0.5 },
    },
  ];
}

const rawRecord = (raw, id) => raw.rows('SELECT to_json(r) FROM records r WHERE id = $1', [id]);

function inTurn(list) {
  let index = 0;
  return () => list[index++ % list.length];
}

async function middle(call) {
  const values = [];
  for (let count = 0; count < COLD_READS; count++) values.push(await timed(call));
  return median(values);
}
