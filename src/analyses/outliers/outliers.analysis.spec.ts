import { afterEach, describe, expect, it } from '@jest/globals';

import { datasetReader, type FakeDatasetReader } from '../../../test/factories/dataset-reader.js';
import { validateJson } from '../../parameters/validate.js';
import outliers from './outliers.analysis.js';

let dataset: FakeDatasetReader;
afterEach(() => {
  dataset.close();
});

const find = async (values: string, input: object = {}) => {
  const query = `SELECT 'k' || row_number() OVER () AS id, v FROM (SELECT unnest([${values}]) AS v)`;
  dataset = await datasetReader(query, { schema: { key: 'id' } });
  const params = validateJson(outliers.params, { column: 'v', ...input });
  return outliers.query(params, dataset);
};

describe('outliers', () => {
  it('lie beyond the quartiles by more than 1.5 times their distance', async () => {
    // sorted 1 2 3 4 5 6 7 40 -30 -> -30 1 2 3 4 5 6 7 40: quartiles 2 and 6, limits 2 - 6 and 6 + 6
    const { limits, rows } = await find('1, 2, 3, 4, 5, 6, 7, 40, -30, NULL');
    expect(limits).toEqual({ rows: 10, missing: 1, from: 2, to: 6, spread: 4, low: -4, high: 12 });
    expect(rows).toEqual([
      { key: 'k8', value: 40, score: 34 / 4 },
      { key: 'k9', value: -30, score: 32 / 4 },
    ]);
  });

  it('lie more than some standard deviations from the mean', async () => {
    // python3: statistics.stdev([0] * 9 + [10]) = 3.1622776601683795, mean 1
    const { limits, rows } = await find('0,0,0,0,0,0,0,0,0,10', { method: 'zscore', threshold: 2 });
    expect(limits.spread).toBeCloseTo(3.1622776601683795, 14);
    expect(rows).toEqual([
      { key: 'k10', value: 10, score: expect.closeTo(9 / 3.1622776601683795, 12) },
    ]);
  });

  it.each([
    ['a constant column', '5, 5, 5', 'iqr', 0],
    ['a constant column', '0.1, 0.1, 0.1', 'zscore', 0],
    ['one row', '5', 'zscore', 0],
    ['one row', '5', 'iqr', 0],
    ['missing values', 'NULL::DOUBLE, NULL', 'iqr', 0],
    ['huge values', '1e308, -1e308, 1e308, -1e308', 'zscore', 0],
    ['values that are not finite', "1, 2, 3, 'inf'::DOUBLE, 'nan'::DOUBLE", 'iqr', 0],
    ['one that differs from all others', '5, 5, 5, 5, 6', 'iqr', 1],
  ])('of %s: %s by %s', async (_what, values, method, count) => {
    const { rows } = await find(values, { method });
    expect(rows).toHaveLength(count);
    expect(rows.every(({ score }) => score === null || Number.isFinite(score))).toBe(true);
  });

  it('are a problem where there is no value', async () => {
    const found = await find('NULL::DOUBLE');
    const task = { dataset: dataset.about, progress: () => undefined, log: () => undefined };
    const params = validateJson(outliers.params, { column: 'v' });
    expect(() => outliers.compute(params, found, task)).toThrow(
      expect.objectContaining({ code: 'empty-dataset' }),
    );
  });
});
