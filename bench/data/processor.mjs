import { figures } from '../measure/statistics.mjs';
import { pagePath } from './page.mjs';

const ROUNDS = 3;
/** As near as one engine for everything is asked to come where it cannot be better. */
const NEAR = 3;
const SETTLE = 30;

/**
 * Processor time of the API for one request, one after the other; beside what a good program for this kind of
 * table takes (Datasette 0.65, published; milliseconds of processor time, for the whole table MB/s).
 */
export async function measureProcessor({ options, system, table, almanac, dataset }) {
  if (!table.whole || system.processorTime('api') === null) return [];
  const at = `/datasets/${dataset}`;
  const { records } = await almanac.client.json(`${at}/records?limit=1000`);
  const ids = records.map((record) => encodeURIComponent(record[table.key]));
  let asked = 1e6; // no question that another part has asked
  const fresh = () => pagePath(dataset, table.question(asked++));
  const again = fresh();
  const cases = [
    ['one hot record', () => `${at}/records/${ids[0]}`, 1000, 0.72, 1],
    ['one cold record', (n) => `${at}/records/${ids[n % ids.length]}`, 200, 0.72, NEAR],
    ['100 rows by offset', (n) => `${at}/records?offset=${(n * 100) % 40_000}`, 200, 1.7, NEAR],
    ['a filtered page of 100', fresh, 200, 3.8, NEAR],
    ['the same page again', () => again, 200],
    ['text search', (n) => `${at}/records?search=word${n}`, 50, 4.3, NEAR],
    ['a group-by of all rows', (n) => groupPath(at, table, n), 50, 15, 1],
  ];
  const part = options.rows === null ? 1 : 0.05;
  const used = async (path, times) => {
    const before = system.processorTime('api');
    for (let n = 0; n < times; n++) await almanac.client.drain(path(n));
    return (system.processorTime('api') - before) / times;
  };
  for (let n = 0; n < SETTLE; n++) await almanac.client.drain(fresh());
  const lines = [];
  for (const [what, path, times, peer, factor] of cases) {
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) {
      const offset = round * times; // so that what is cold stays so
      rounds.push(await used((n) => path(n + offset), Math.ceil(times * part)));
    }
    lines.push(line(what, figures(rounds), peer, factor));
  }
  return [...lines, await wholeTable(system, almanac.client, `${at}/export?format=json`)];
}

const groupPath = (at, { group }, n) => `${at}/aggregate?group=${group}&limit=${100 + (n % 50)}`;

function line(what, ours, peer, factor) {
  const whole = { what: `processor time: ${what}`, ours, unit: 'ms' };
  if (peer === undefined) return whole;
  const target = { atMost: Number((peer * factor).toFixed(2)) };
  return { ...whole, target, note: `Datasette ${peer} ms` };
}

async function wholeTable(system, client, path) {
  const rates = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = system.processorTime('api');
    const bytes = await client.drain(path);
    rates.push(bytes / 1000 / Math.max(1, system.processorTime('api') - before));
  }
  return {
    what: 'processor time: whole table as JSON',
    ours: figures(rates),
    unit: 'MB/s',
    target: { atLeast: 33 },
    note: 'Datasette 20 to 33 MB/s',
  };
}
