import { afterEach, describe, expect, it } from '@jest/globals';

import { datasetReader, type FakeDatasetReader } from '../../../test/factories/dataset-reader.js';
import { Problem } from '../../errors/problem.js';
import { validateJson } from '../../parameters/validate.js';
import histogram from './histogram.analysis.js';

let dataset: FakeDatasetReader;
afterEach(() => {
  dataset.close();
});

const bins = async (query: string, input: object) => {
  dataset = await datasetReader(query);
  const params = validateJson(histogram.params, input);
  return histogram.query(histogram.complete?.(params, dataset.about.schema) ?? params, dataset);
};

const twenty = 'SELECT i / 10.0 AS v FROM range(21) t(i)';

describe('the histogram', () => {
  it('counts a value on an edge in the upper bin, and on the last edge in the last bin', async () => {
    const found = await bins(twenty, { column: 'v', bins: [0, 0.3, 1, 2] });
    expect(found.bins).toEqual([
      { from: 0, to: 0.3, count: 3 },
      { from: 0.3, to: 1, count: 7 },
      { from: 1, to: 2, count: 11 },
    ]);
    expect(found.left).toEqual({ missing: 0, notPositive: 0, outside: 0 });
  });

  it.each([
    ['divided exactly', [0, 0.5, 1, 1.5, 2], [5, 5, 5, 6]],
    // 0.3 / 0.1 and 0.6 / 0.1 are a little less than 3 and 6.
    ['rounded over an edge', [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7], [1, 1, 1, 1, 1, 1, 2]],
  ])('counts in edges of one width: %s', async (_what, edges, counts) => {
    const found = await bins(twenty, { column: 'v', bins: edges });
    expect(found.bins.map(({ count }) => count)).toEqual(counts);
  });

  it('counts infinite values as missing', async () => {
    const query = "SELECT unnest([NULL, 'nan'::DOUBLE, 'inf'::DOUBLE, '-inf'::DOUBLE, 1, 2]) AS v";
    const found = await bins(query, { column: 'v', bins: 2 });
    expect(found.left).toEqual({ missing: 4, notPositive: 0, outside: 0 });
    expect(found.bins.reduce((sum, { count }) => sum + count, 0)).toBe(2);
  });

  it('takes round edges for a number of bins', async () => {
    const found = await bins(twenty, { column: 'v', bins: 10 });
    expect(found.bins.map(({ from }) => from)).toEqual([
      0, 0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.6, 1.8,
    ]);
    expect(found.bins.map(({ count }) => count)).toEqual([2, 2, 2, 2, 2, 2, 2, 2, 2, 3]);
  });

  it('says what is in no bin', async () => {
    const query =
      "SELECT unnest([NULL, 'nan'::DOUBLE, 'inf'::DOUBLE, -1, 0, 1, 10, 100, 1000]) AS v";
    const found = await bins(query, { column: 'v', log: true, bins: 3, xMax: 500 });
    expect(found.left).toEqual({ missing: 3, notPositive: 2, outside: 1 });
    expect(found.bins.map(({ count }) => count)).toEqual([1, 2]);
  });

  it('divides decades equally on a logarithm', async () => {
    const found = await bins('SELECT 10.0 ** i AS v FROM range(-2, 3) t(i)', {
      column: 'v',
      log: true,
      bins: 8,
    });
    expect(found.bins).toHaveLength(8);
    expect(found.bins[1]?.from).toBeCloseTo(10 ** -1.5, 10);
    expect(found.bins.reduce((sum, { count }) => sum + count, 0)).toBe(5);
  });

  it('has calendar bins for times', async () => {
    const found = await bins(
      "SELECT DATE '2012-01-15' + INTERVAL (i) MONTH AS t FROM range(24) r(i)",
      { column: 't', bins: 24 },
    );
    expect(new Set(found.bins.map(({ count }) => count))).toEqual(new Set([1]));
    expect(new Date(found.bins[1]?.from ?? 0).toISOString()).toBe('2012-02-01T00:00:00.000Z');
  });

  it('takes names with quotes, dots and brackets', async () => {
    const found = await bins(`SELECT 1.5 AS "a ""b"".c[0]'d"`, { column: 'a "b".c[0]\'d' });
    expect(found.bins.reduce((sum, { count }) => sum + count, 0)).toBe(1);
  });

  it('gives its bins as a table, and a picture of an empty selection', async () => {
    const found = await bins('SELECT 1.0 AS v WHERE false', { column: 'v' });
    const params = validateJson(histogram.params, { column: 'v', scale: 1 });
    const task = { dataset: dataset.about, progress: () => undefined, log: () => undefined };
    const results = await histogram.compute(params, found, task);
    expect(Object.keys(results).sort()).toEqual([
      'data.json',
      'plot.png',
      'plot.svg',
      'spec.json',
      'table.csv',
      'table.json',
    ]);
    expect(Buffer.from(results['plot.svg']?.bytes ?? []).toString()).toContain(
      'No data in this selection',
    );
  });

  it.each([
    [{ column: 'v', bins: [0.5] }, 'bins'],
    [{ column: 'v', bins: [1, 1, 2] }, 'bins'],
    [{ column: 'v', bins: [0, 1], log: true }, 'bins'],
    [{ column: 'v', xMin: 5, xMax: 2 }, 'xMax'],
    [{ column: 'v', log: true, xMin: -1 }, 'xMin'],
    [{ column: 'v', log: true, xScale: 'linear' }, 'xScale'],
    [{ column: 'v', xScale: 'time' }, 'xScale'],
    [{ column: 'v', width: 4000, height: 4000 }, 'scale'],
  ])('refuses %j', async (input, field) => {
    await expect(bins(twenty, input)).rejects.toThrow(Problem);
    await expect(bins(twenty, input)).rejects.toMatchObject({
      extras: { errors: [{ field: `params.${field}` }] },
    });
  });

  it.each([
    ['of one row', '[7]', 1],
    ['of a constant column', '[0.1, 0.1, 0.1]', 3],
    ['of nothing but missing values', '[NULL::DOUBLE, NULL]', 0],
    ['of huge values', '[-7e307, 0, 7e307]', 3],
    ['of values that differ in their last digit', '[0.1, 0.10000000000000002]', 2],
    ['of the least numbers', '[5e-324, 1e-323]', 2],
  ])('%s has finite edges and loses no row', async (_what, list, rows) => {
    const found = await bins(`SELECT unnest(${list}) AS v`, { column: 'v' });
    expect(found.bins.every(({ from, to }) => Number.isFinite(to) && from < to)).toBe(true);
    expect(found.bins.reduce((sum, { count }) => sum + count, 0)).toBe(rows);
  });

  it('counts values near the greatest number as outside', async () => {
    const found = await bins('SELECT unnest([-1.7e308, 0, 1.7e308]) AS v', { column: 'v' });
    expect(found.left.outside).toBe(2);
    expect(found.bins.reduce((sum, { count }) => sum + count, 0)).toBe(1);
  });
});
