import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import {
  datasetReader,
  type FakeDatasetReader,
} from '../../../../test/factories/dataset-reader.js';
import type { AggregateSpec } from './request.js';

/** Figures were worked out by hand. */
const TABLE = `SELECT * FROM (VALUES
  ('L5', TIMESTAMP '2001-01-15 10:00:00', 10.0::DOUBLE, 1, 'x'),
  ('L5', TIMESTAMP '2001-01-20 10:07:00', 20.0, 2, NULL),
  ('H4', TIMESTAMP '2001-04-01 00:00:00', 4.0, 4503599627370495, 'y'),
  ('L5', TIMESTAMP '2001-05-01 00:00:00', NULL, 5, 'y'),
  (NULL, NULL, 7.5, 6, 'z')) AS t("class", "time", "mass (g)", "a,b", "-m")`;

let reader: FakeDatasetReader;
beforeAll(async () => {
  reader = await datasetReader(TABLE);
});
afterAll(() => {
  reader.close();
});

const ask = (spec: AggregateSpec): Promise<object[]> => reader.aggregate(spec);

describe('an aggregation', () => {
  it('counts all records by default', async () => {
    expect(await ask({})).toEqual([{ count: 5 }]);
  });

  it('computes every function, missing values left out', async () => {
    const agg =
      'count,count(mass (g)),distinct(class),sum(mass (g)),mean(mass (g)),sd(mass (g)),min(class),max(mass (g)),median(mass (g)),p25(mass (g)),p99.5(mass (g)),first(class),last(-m)';
    expect(await ask({ agg })).toEqual([
      {
        count: 5,
        'count(mass (g))': 4,
        'distinct(class)': 2,
        'sum(mass (g))': 41.5,
        'mean(mass (g))': 10.375,
        'sd(mass (g))': expect.closeTo(6.87234797, 8), // the square root of 141.6875 / 3
        'min(class)': 'H4',
        'max(mass (g))': 20,
        'median(mass (g))': 8.75,
        'p25(mass (g))': 6.625,
        'p99.5(mass (g))': expect.closeTo(19.85, 10),
        'first(class)': 'L5',
        'last(-m)': 'z',
      },
    ]);
  });

  it('adds whole numbers exactly', async () => {
    expect(await ask({ agg: 'sum("a,b")' })).toEqual([{ 'sum(a,b)': 4503599627370509 }]);
  });

  it('groups by columns, their missing values as a group of its own at the end', async () => {
    expect(await ask({ group: 'class', agg: 'count,sum("a,b")' })).toEqual([
      { class: 'H4', count: 1, 'sum(a,b)': 4503599627370495 },
      { class: 'L5', count: 3, 'sum(a,b)': 8 },
      { class: null, count: 1, 'sum(a,b)': 6 },
    ]);
    expect(await ask({ group: '"-m",class', agg: 'count' })).toHaveLength(5);
  });

  it('sorts by columns of the answer', async () => {
    const sorted = await ask({ group: 'class', agg: 'mean(mass (g))', sort: '-mean(mass (g))' });
    expect(sorted.map((row) => Object.values(row as Record<string, unknown>)[1])).toEqual([
      15, 7.5, 4,
    ]);
  });

  it('makes buckets of time, and fills the gaps in five ways', async () => {
    const spec = { bucket: 'month(time)', agg: 'count,mean(mass (g)),max(class)' };
    const row = (
      month: number,
      count: number,
      mean: number | null,
      max: string | null,
    ): object => ({
      'month(time)': `2001-0${String(month)}-01T00:00:00Z`,
      count,
      'mean(mass (g))': mean,
      'max(class)': max,
    });
    const none = { ...row(1, 1, 7.5, null), 'month(time)': null };
    expect(await ask(spec)).toEqual([
      row(1, 2, 15, 'L5'),
      row(4, 1, 4, 'H4'),
      row(5, 1, null, 'L5'),
      none,
    ]);
    const filled = async (fill: AggregateSpec['fill']): Promise<object[]> =>
      (await ask({ ...spec, ...(fill === undefined ? {} : { fill }) })).slice(1, 3);
    expect(await filled('null')).toEqual([row(2, 0, null, null), row(3, 0, null, null)]);
    expect(await filled('zero')).toEqual([row(2, 0, 0, null), row(3, 0, 0, null)]);
    expect(await filled('previous')).toEqual([row(2, 2, 15, 'L5'), row(3, 2, 15, 'L5')]);
    const line = (await ask({ ...spec, fill: 'linear' })) as Record<string, number>[];
    // 31, 59 and 90 days after 1 January
    expect(line[1]?.['mean(mass (g))']).toBeCloseTo(15 - 11 * (31 / 90), 12);
    expect(line[2]?.['mean(mass (g))']).toBeCloseTo(15 - 11 * (59 / 90), 12);
    expect(line.at(-1)).toEqual(none);
  });

  it('fills the gaps of each group', async () => {
    const rows = await ask({ group: 'class', bucket: 'quarter(time)', fill: 'zero' });
    expect(rows).toEqual([
      { class: 'H4', 'quarter(time)': '2001-01-01T00:00:00Z', count: 0 },
      { class: 'H4', 'quarter(time)': '2001-04-01T00:00:00Z', count: 1 },
      { class: 'L5', 'quarter(time)': '2001-01-01T00:00:00Z', count: 2 },
      { class: 'L5', 'quarter(time)': '2001-04-01T00:00:00Z', count: 1 },
      { class: null, 'quarter(time)': '2001-01-01T00:00:00Z', count: 0 },
      { class: null, 'quarter(time)': '2001-04-01T00:00:00Z', count: 0 },
      { class: null, 'quarter(time)': null, count: 1 },
    ]);
  });

  it.each([
    ['5min(time)', '2001-01-15T10:00:00Z', '2001-01-20T10:05:00Z'],
    ['week(time)', '2001-01-15T00:00:00Z', '2001-03-26T00:00:00Z'],
    ['10y(time)', '2000-01-01T00:00:00Z', null],
    ['hour(time)', '2001-01-15T10:00:00Z', '2001-01-20T10:00:00Z'],
  ])('takes the step of %s', async (bucket, first, second) => {
    const rows = (await ask({ bucket })) as Record<string, unknown>[];
    expect(rows.slice(0, 2).map((row) => row[bucket])).toEqual([first, second]);
  });

  it.each<[AggregateSpec, string, string]>([
    [{ agg: 'avg(mass (g))' }, 'params.agg', 'must be one of count'],
    [{ agg: 'mean' }, 'params.agg', 'needs a column'],
    [{ agg: 'mean(class)' }, 'params.agg', 'numbers'],
    [{ agg: 'mean(mas (g))' }, 'params.agg', 'did you mean "mass (g)"'],
    [{ agg: 'mean(a,b)' }, 'params.agg', 'double-quoted'],
    [{ agg: 'mean(mass (g)' }, 'params.agg', 'there is no column "mass (g"'],
    [{ agg: 'count,' }, 'params.agg', 'separated by commas'],
    [{ agg: '' }, 'params.agg', 'separated by commas'],
    [{ agg: 'p101(mass (g))' }, 'params.agg', 'must be one of'],
    [{ agg: 'count,count' }, 'params.agg', 'two columns'],
    [{ group: 'clas' }, 'params.group', 'did you mean "class"'],
    [{ group: '-class' }, 'params.group', 'no column "-class"'],
    [{ bucket: 'month' }, 'params.bucket', 'month(time)'],
    [{ bucket: 'month(class)' }, 'params.bucket', 'days or times'],
    [{ bucket: 'fortnight(time)' }, 'params.bucket', 'year, quarter'],
    [{ bucket: '0min(time)' }, 'params.bucket', 'year, quarter'],
    [{ bucket: '999999999y(time)' }, 'params.bucket', 'up to 1,000 years'],
    [{ fill: 'zero' }, 'params.fill', 'needs a bucket'],
    [{ sort: 'mean(mass (g))' }, 'params.sort', 'it has "count"'],
  ])('%j is refused, %s named', async (spec, field, words) => {
    await expect(ask(spec)).rejects.toMatchObject({
      extras: { errors: [{ field }] },
      detail: expect.stringContaining(words),
    });
  });

  it('refuses to fill millions of buckets', async () => {
    await expect(ask({ bucket: 'second(time)', fill: 'null' })).rejects.toMatchObject({
      code: 'result-too-large',
    });
  });
});
