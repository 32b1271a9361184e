import { afterEach, describe, expect, it } from '@jest/globals';

import { datasetReader, type FakeDatasetReader } from '../../../test/factories/dataset-reader.js';
import { hasSharedData, sharedFile, sharedJson } from '../../../test/support/shared-data.js';
import { validateJson } from '../../parameters/validate.js';
import resample from './resample.analysis.js';

let dataset: FakeDatasetReader;
afterEach(() => {
  dataset.close();
});

interface Row {
  readonly time: string;
  readonly value: number | null;
  readonly count: number;
  readonly filled: boolean;
}

const table = async (query: string, input: object): Promise<Row[]> => {
  dataset = await datasetReader(query, { schema: { time: 't' } });
  const given = validateJson(resample.params, { value: 'v', scale: 1, ...input });
  const params = resample.complete?.(given, dataset.about.schema) ?? given;
  const task = { dataset: dataset.about, progress: () => undefined, log: () => undefined };
  const results = await resample.compute(params, await resample.query(params, dataset), task);
  return JSON.parse(Buffer.from(results['table.json']?.bytes ?? []).toString()) as Row[];
};
const series = (rows: string) => `SELECT t::TIMESTAMP AS t, v FROM (VALUES ${rows}) AS s(t, v)`;
const cells = (rows: readonly Row[]) => rows.map(({ time, value, count }) => [time, value, count]);

const GAPS = `('2024-03-01 00:10:00', 1), ('2024-03-01 00:50:00', 3), ('2024-03-01 03:00:00', 8), ('2024-03-01 04:30:00', NULL)`;

describe('resample', () => {
  it('takes one value of each bucket, and leaves empty ones out', async () => {
    expect(cells(await table(series(GAPS), { every: '1h' }))).toEqual([
      ['2024-03-01T00:00:00Z', 2, 2],
      ['2024-03-01T03:00:00Z', 8, 1],
      ['2024-03-01T04:00:00Z', null, 0],
    ]);
  });

  it.each([
    ['null', [2, null, null, 8, null]],
    ['previous', [2, 2, 2, 8, 8]],
    ['linear', [2, 4, 6, 8, null]],
  ])('fills gaps by %s', async (fill, values) => {
    const rows = await table(series(GAPS), { every: '1h', fill });
    expect(rows.map(({ value }) => value)).toEqual(values);
    expect(rows.map(({ filled }) => filled)).toEqual([
      ...[false, fill !== 'null', fill !== 'null', false, fill === 'previous'],
    ]);
  });

  it.each([
    ['sum', 4],
    ['min', 1],
    ['max', 3],
    ['count', 2],
    ['median', 2],
    ['first', 3],
    ['last', 1],
    ['sd', Math.SQRT2],
  ])('takes the %s', async (agg, expected) => {
    const rows = await table(series(`('2024-01-01 02:00:00', 1), ('2024-01-01 01:00:00', 3)`), {
      every: '1d',
      agg,
    });
    expect(rows[0]?.value).toBeCloseTo(expected, 12);
  });

  it('counts 0 in a bucket without rows', async () => {
    const rows = await table(series(GAPS), { every: '1h', agg: 'count', fill: 'null' });
    expect(rows.map(({ value }) => value)).toEqual([2, 0, 0, 1, 0]);
  });

  it('has calendar months, and interpolates by their true length', async () => {
    const query = `SELECT t::DATE AS t, v FROM (VALUES ('2023-12-31', 0), ('2024-02-10', 62)) AS s(t, v)`;
    expect(cells(await table(query, { every: '1mo', fill: 'linear' }))).toEqual([
      ['2023-12-01', 0, 1],
      ['2024-01-01', 31, 0],
      ['2024-02-01', 62, 1],
    ]);
  });

  it.each([
    ['1w', '2024-02-26T00:00:00Z'],
    ['15min', '2024-02-29T13:30:00Z'],
    ['1y', '2024-01-01T00:00:00Z'],
  ])('has buckets of %s', async (every, start) => {
    const rows = await table(series(`('2024-02-29 13:37:00', 1)`), { every });
    expect(rows).toEqual([{ time: start, value: 1, count: 1, filled: false }]);
  });

  it('has no value where there is none that is finite', async () => {
    const rows = await table(series(`('2024-01-01', 'inf'::DOUBLE), ('2024-01-01', NULL)`), {
      every: '1d',
    });
    expect(rows).toEqual([{ time: '2024-01-01T00:00:00Z', value: null, count: 0, filled: false }]);
  });

  it('gives null, not infinity, where a sum is beyond DOUBLE', async () => {
    const rows = await table(series(`('2024-01-01', 1.7e308), ('2024-01-01', 1.7e308)`), {
      every: '1d',
      agg: 'sum',
    });
    expect(rows[0]?.value).toBeNull();
  });

  (hasSharedData ? it : it.skip)('gives the rain of each year in Seattle', async () => {
    const [, ...lines] = sharedFile('climate/seattle_daily_2012_2015.csv')
      .toString()
      .trim()
      .split('\n');
    const rows = lines
      .map((line) => line.split(','))
      .map(([day = '', rain = '']) => `('${day}', ${rain})`);
    const { seattle } = sharedJson('climate/expected.json') as {
      seattle: { total_precipitation_mm_by_year: Record<string, number> };
    };
    const found = await table(series(rows.join(', ')), { every: '1y', agg: 'sum' });
    expect(Object.fromEntries(found.map(({ time, value }) => [time.slice(0, 4), value]))).toEqual(
      Object.fromEntries(
        Object.entries(seattle.total_precipitation_mm_by_year).map(([year, mm]) => [
          year,
          expect.closeTo(mm, 6),
        ]),
      ),
    );
  });

  it.each([
    ['1s', 'null', 'params.every'],
    ['0h', 'none', 'every'],
    ['1 month', 'none', 'every'],
  ])('refuses %s where it makes no sense', async (every, fill, field) => {
    const wide = series(`('1900-01-01', 1), ('2024-01-01', 2)`);
    await expect(table(wide, { every, fill })).rejects.toMatchObject({
      extras: { errors: [{ field }] },
    });
  });

  it('needs a column of times', async () => {
    await expect(table('SELECT 1 AS t, 2 AS v', { every: '1d' })).rejects.toMatchObject({
      code: 'unsuitable-column',
    });
  });
});
