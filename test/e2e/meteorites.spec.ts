import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { http, type PageBody } from '../support/http.js';
import { AlmanacProcess } from '../support/processes.js';
import { hasSharedData, sharedFile, sharedJson } from '../support/shared-data.js';
import { until } from '../support/until.js';

/** The whole job on the real table: load, ask, draw through the queue, against independent figures. */
interface Expected {
  readonly full: {
    readonly rows: number;
    readonly non_blank: Readonly<Record<string, number>>;
    readonly distinct_recclass: number;
    readonly recclass_top20: readonly (readonly [string, number])[];
    readonly mean_mass_g: number;
    readonly median_mass_g: number;
    readonly min_mass_g: number;
    readonly max_mass_g: number;
    readonly max_mass_name: string;
    readonly zero_mass_rows: number;
    readonly zero_zero_positions: number;
    readonly hemispheres: Readonly<Record<string, number>>;
    readonly fall: Readonly<Record<string, number>>;
    readonly year_min: number;
    readonly year_max: number;
    readonly record_id_1: Readonly<Record<string, string>>;
    readonly by_year_1998_2003: Readonly<Record<string, number>>;
  };
}

interface Summary {
  readonly rows: number;
  readonly columns: readonly {
    readonly name: string;
    readonly count: number;
    readonly missing: number;
    readonly distinct: number;
    readonly min?: number;
    readonly max?: number;
    readonly mean?: number;
    readonly quartiles?: readonly number[];
    readonly top: readonly { readonly value: string; readonly count: number }[];
  }[];
}

const onSharedData = hasSharedData ? describe : describe.skip;

onSharedData('the full meteorite table', () => {
  const expected = hasSharedData
    ? (sharedJson('meteorites/expected.json') as Expected).full
    : ({} as Expected['full']);
  let api: AlmanacProcess;
  let worker: AlmanacProcess;
  let summary: Summary;
  const url = (path: string): string => `${api.url}/datasets/meteorites${path}`;
  const total = async (query: string): Promise<number | null> =>
    (await http<PageBody>(url(`/records?limit=0&${query}`))).body.total;
  const column = (name: string): Summary['columns'][number] => {
    const found = summary.columns.find((one) => one.name === name);
    if (found === undefined) throw new Error(`no column ${name}`);
    return found;
  };

  beforeAll(async () => {
    api = await AlmanacProcess.api();
    worker = await AlmanacProcess.worker({ KEY_PREFIX: api.env['KEY_PREFIX'] });
    const loaded = await http(url(''), {
      method: 'PUT',
      body: sharedFile('meteorites/meteorite_landings_full.csv.gz'),
      headers: { 'content-type': 'application/gzip' },
    });
    expect(loaded.status).toBe(201);
    expect(loaded.body['rows']).toBe(expected.rows);
    summary = (await http<Summary>(url('/summary'))).body;
  });
  afterAll(async () => {
    await Promise.all([api.stop(), worker.stop()]);
  });

  it('has the expected rows, blanks and classes', () => {
    const filled = Object.fromEntries(summary.columns.map(({ name, count }) => [name, count]));
    expect(filled).toEqual(expected.non_blank);
    const classes = column('recclass');
    expect(classes.distinct).toBe(expected.distinct_recclass);
    expect(classes.top.map(({ value, count }) => [value, count])).toEqual(
      expected.recclass_top20.slice(0, 10),
    );
    expect(
      Object.fromEntries(column('fall').top.map(({ value, count }) => [value, count])),
    ).toEqual(expected.fall);
  });

  it('has the expected masses and years', async () => {
    const mass = column('mass (g)');
    expect(Math.abs((mass.mean ?? 0) / expected.mean_mass_g - 1)).toBeLessThan(1e-12);
    expect(mass.quartiles?.[1]).toBe(expected.median_mass_g);
    expect([mass.min, mass.max]).toEqual([expected.min_mass_g, expected.max_mass_g]);
    expect([column('year').min, column('year').max]).toEqual([
      expected.year_min,
      expected.year_max,
    ]);
    expect(await total('mass%20(g)=0')).toBe(expected.zero_mass_rows);
    expect(await total('reclat=0&reclong=0')).toBe(expected.zero_zero_positions);
    const heaviest = await http<PageBody>(url('/records?sort=-mass%20(g)&limit=1'));
    expect(heaviest.body.records[0]?.['name']).toBe(expected.max_mass_name);
    for (const [year, count] of Object.entries(expected.by_year_1998_2003)) {
      expect(await total(`start=${year}&end=${year}`)).toBe(count);
    }
    expect(await total('reclat__gt=0&reclong__gt=0')).toBe(
      expected.hemispheres['Northern & Eastern'],
    );
    expect(await total('reclat__lte=0&reclong__lte=0')).toBe(
      expected.hemispheres['Southern & Western'],
    );
  });

  it('gives record 1 with typed values', async () => {
    const text = expected.record_id_1;
    expect((await http(url('/records/1'))).body).toEqual({
      ...text,
      id: 1,
      'mass (g)': Number(text['mass (g)']),
      year: Number(text['year']),
      reclat: Number(text['reclat']),
      reclong: Number(text['reclong']),
    });
    expect((await http(`${api.url}/meteorites/1`)).body['name']).toBe('Aachen');
  });

  it.each([
    ['value-counts', { column: 'recclass', top: 20 }, 'table.json'],
    ['map', { color: 'mass (g)', colorScale: 'log' }, 'plot.png'],
    ['histogram', { column: 'year' }, 'plot.png'],
  ])('works through the queue: %s', async (analysis, params, result) => {
    const submitted = await http(`${api.url}/jobs`, {
      method: 'POST',
      body: { analysis, dataset: 'meteorites', params },
    });
    expect(submitted.status).toBe(202);
    const job = submitted.headers.get('location') ?? '';
    const done = await until(
      async () => {
        const { body } = await http(`${api.url}${job}`);
        return ['complete', 'failed', 'cancelled'].includes(String(body['status'])) && body;
      },
      { what: `the end of ${analysis}`, deadline: 30_000 },
    );
    expect(done).toMatchObject({ status: 'complete', version: '1.0', progress: 100 });
    const response = await fetch(`${api.url}${job}/results/${result}`);
    const bytes = Buffer.from(await response.arrayBuffer());
    if (result === 'plot.png') {
      expect(bytes.subarray(1, 4).toString()).toBe('PNG');
      expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1920, 1080]);
    } else {
      const rows = JSON.parse(bytes.toString()) as { value: string; count: number }[];
      expect(rows.map(({ value, count }) => [value, count])).toEqual(expected.recclass_top20);
    }
  });
});
