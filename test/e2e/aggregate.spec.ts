import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { http, type PageBody, type ProblemBody } from '../support/http.js';
import { AlmanacProcess } from '../support/processes.js';
import { hasSharedData, sharedFile, sharedJson } from '../support/shared-data.js';

/** Aggregates over HTTP, on real tables against figures that another program computed. */
interface Climate {
  readonly seattle: {
    readonly weather_counts: Readonly<Record<string, number>>;
    readonly mean: Readonly<Record<string, number>>;
    readonly total_precipitation_mm_by_year: Readonly<Record<string, number>>;
    readonly 'between_2013-01-01_and_2013-12-31_mean_temp_max': number;
  };
}
interface Meteorites {
  readonly full: {
    readonly recclass_top20: readonly (readonly [string, number])[];
    readonly median_mass_g: number;
    readonly by_year_1998_2003: Readonly<Record<string, number>>;
  };
}

let api: AlmanacProcess;
beforeAll(async () => {
  api = await AlmanacProcess.api();
});
afterAll(async () => {
  await api.stop();
});

async function load(name: string, body: Uint8Array | string): Promise<void> {
  const answer = await http(`${api.url}/datasets/${name}`, { method: 'PUT', body });
  expect(answer.status).toBe(201);
}

const aggregate = async (
  name: string,
  query: Readonly<Record<string, string>>,
): Promise<PageBody> => {
  const search = new URLSearchParams(query).toString();
  const answer = await http<PageBody>(`${api.url}/datasets/${name}/aggregate?${search}`);
  expect([answer.status, answer.headers.get('dataset-version')]).toEqual([
    200,
    answer.body.version,
  ]);
  return answer.body;
};

const onSharedData = hasSharedData ? describe : describe.skip;

onSharedData('aggregates of real tables', () => {
  const { seattle } = hasSharedData
    ? (sharedJson('climate/expected.json') as Climate)
    : ({} as Climate);
  const { full } = hasSharedData
    ? (sharedJson('meteorites/expected.json') as Meteorites)
    : ({} as Meteorites);

  beforeAll(async () => {
    await load('seattle', sharedFile('climate/seattle_daily_2012_2015.csv'));
    await load('landings', sharedFile('meteorites/meteorite_landings_full.csv.gz'));
  });

  it('count by a column, most frequent first, page by page', async () => {
    const page = await aggregate('landings', { group: 'recclass', sort: '-count', limit: '15' });
    const next = await http<PageBody>(`${api.url}${page.next ?? ''}`);
    expect(page.total).toBe(466);
    const rows = [...page.records, ...next.body.records];
    expect(rows.slice(0, 20).map((row) => [row['recclass'], row['count']])).toEqual(
      full.recclass_top20,
    );
    const weather = await aggregate('seattle', { group: 'weather' });
    expect(
      Object.fromEntries(weather.records.map((row) => [row['weather'], row['count']])),
    ).toEqual(seattle.weather_counts);
  });

  it('compute means and medians, of all and of what a filter keeps', async () => {
    const names = Object.keys(seattle.mean);
    const agg = names.map((name) => `mean(${name})`).join(',');
    const [all] = (await aggregate('seattle', { agg })).records;
    for (const name of names) {
      expect(all?.[`mean(${name})`]).toBeCloseTo(seattle.mean[name] ?? NaN, 12);
    }
    const year = { agg: 'mean(temp_max)', start: '2013', end: '2013' };
    expect((await aggregate('seattle', year)).records[0]?.['mean(temp_max)']).toBeCloseTo(
      seattle['between_2013-01-01_and_2013-12-31_mean_temp_max'],
      12,
    );
    const median = await aggregate('landings', { agg: 'median(mass (g))' });
    expect(median.records).toEqual([{ 'median(mass (g))': full.median_mass_g }]);
  });

  it('sum by years, and count over ranges', async () => {
    const years = await aggregate('seattle', { bucket: 'year(date)', agg: 'sum(precipitation)' });
    const sums = years.records.map((row) => [
      String(row['year(date)']).slice(0, 4),
      Number(Number(row['sum(precipitation)']).toFixed(6)),
    ]);
    expect(Object.fromEntries(sums)).toEqual(seattle.total_precipitation_mm_by_year);
    const landings = await aggregate('landings', {
      group: 'year',
      year__gte: '1998',
      year__lte: '2003',
    });
    expect(Object.fromEntries(landings.records.map((row) => [row['year'], row['count']]))).toEqual(
      full.by_year_1998_2003,
    );
  });

  it('fill the whole range that was asked for', async () => {
    const query = {
      bucket: 'month(date)',
      fill: 'zero',
      start: '2015-11',
      end: '2016-02',
      agg: 'count',
    };
    expect((await aggregate('seattle', query)).records).toEqual([
      { 'month(date)': '2015-11-01', count: 30 },
      { 'month(date)': '2015-12-01', count: 31 },
      { 'month(date)': '2016-01-01', count: 0 },
      { 'month(date)': '2016-02-01', count: 0 },
    ]);
    const nothing = { ...query, start: '2017', end: '2017', group: 'weather' };
    expect(await aggregate('seattle', nothing)).toMatchObject({
      records: [],
      total: 0,
      next: null,
    });
  });
});

describe('aggregates', () => {
  it('see every edit at once, and name its version', async () => {
    await load('counts', 'id,n,day\n1,5,2024-01-01\n2,7,2024-01-03\n');
    const query = { agg: 'sum(n)' };
    expect(await aggregate('counts', query)).toMatchObject({
      records: [{ 'sum(n)': 12 }],
      version: '1.0',
    });
    const record = `${api.url}/datasets/counts/records/2`;
    await http(record, { method: 'PATCH', body: { n: 100 } });
    expect(await aggregate('counts', query)).toMatchObject({
      records: [{ 'sum(n)': 105 }],
      version: '1.1',
    });
  });

  it('of nothing are one row without values, or no group', async () => {
    await load('none', 'id,n\n1,5\n');
    const agg = 'count,sum(n),mean(n),p50(n)';
    expect((await aggregate('none', { id: '9', agg })).records).toEqual([
      { count: 0, 'sum(n)': null, 'mean(n)': null, 'p50(n)': null },
    ]);
    expect((await aggregate('none', { id: '9', group: 'n' })).records).toEqual([]);
    expect((await aggregate('none', { offset: '5' })).total).toBe(1);
  });

  it.each([
    ['agg=mean(x)', 400, 'unknown-column', 'agg'],
    ['agg=mean(', 400, 'invalid-parameter', 'agg'],
    ['bucket=month(n)', 422, 'unsuitable-column', 'bucket'],
    ['fill=maybe', 400, 'invalid-parameter', 'fill'],
    ['goup=n', 400, 'unknown-column', 'goup'],
    ['fields=n', 400, 'unknown-column', 'fields'],
  ])('refuse %s', async (query, status, code, field) => {
    await http(`${api.url}/datasets/bad`, { method: 'PUT', body: 'id,n\n1,5\n' });
    const answer = await http<ProblemBody>(`${api.url}/datasets/bad/aggregate?${query}`);
    expect([answer.status, answer.body.code, answer.body.errors?.[0]?.field]).toEqual([
      status,
      code,
      field,
    ]);
  });
});
