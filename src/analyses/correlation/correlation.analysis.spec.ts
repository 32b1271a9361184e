import { afterEach, describe, expect, it } from '@jest/globals';

import { datasetReader, type FakeDatasetReader } from '../../../test/factories/dataset-reader.js';
import { validateJson } from '../../parameters/validate.js';
import correlation from './correlation.analysis.js';

let dataset: FakeDatasetReader;
afterEach(() => {
  dataset.close();
});

const pairs = async (query: string, input: object = {}, key = '_row') => {
  dataset = await datasetReader(query, { schema: { key } });
  const given = validateJson(correlation.params, input);
  const params = correlation.complete?.(given, dataset.about.schema) ?? given;
  return { params, found: await correlation.query(params, dataset) };
};
const table = (rows: string) => `SELECT * FROM (VALUES ${rows}) AS t(x, y)`;

// x = [1, 2, 3, 4, 5, 6], y = [2, 1, 4, 3, 7, 5]; by plain arithmetic (python3):
// mx = sum(x) / 6; my = sum(y) / 6; r = sum((a - mx) * (b - my)) / sqrt(sum((a - mx) ** 2) * sum((b - my) ** 2))
// Pearson 0.7917946548886297; Spearman 1 - 6 * sum(d ** 2) / (n ** 3 - n) with d = [-1, 1, -1, 1, -1, 1]: 0.8285714...
const SIX = '(1, 2.0), (2, 1.0), (3, 4.0), (4, 3.0), (5, 7.0), (6, 5.0)';

describe('the correlation', () => {
  it('is of the values, or of their ranks', async () => {
    const { found } = await pairs(table(SIX));
    expect(found).toEqual([
      { x: 'x', y: 'y', n: 6, correlation: expect.closeTo(0.7917946548886297, 12) },
    ]);
    dataset.close();
    const ranked = await pairs(table(SIX), { method: 'spearman' });
    expect(ranked.found[0]?.correlation).toBeCloseTo(1 - (6 * 6) / (6 ** 3 - 6), 12);
  });

  it('gives equal values the mean of their ranks', async () => {
    // ranks of x: 1.5, 1.5, 3, 4; of y: 1, 2, 3.5, 3.5; r = (1.5 + 0.5 + 0.5 + 1.5) / sqrt(4.5 * 4.5)
    const { found } = await pairs(table('(5, 1), (5, 2), (7, 9), (8, 9)'), { method: 'spearman' });
    expect(found[0]?.correlation).toBeCloseTo(4 / 4.5, 12);
  });

  it('takes the rows that have both values, pair by pair', async () => {
    const rows = `(1, 2.0, NULL), (2, 4.0, 1), (3, NULL, 3), (NULL, 1.0, 2), (4, 8.0, 'nan'::DOUBLE)`;
    const { found } = await pairs(`SELECT * FROM (VALUES ${rows}) AS t(x, y, z)`);
    expect(found.map(({ x, y, n }) => [x, y, n])).toEqual([
      ['x', 'y', 3],
      ['x', 'z', 2],
      ['y', 'z', 2],
    ]);
    expect(found.map(({ correlation: r }) => Math.round((r ?? 0) * 1e9) / 1e9)).toEqual([1, 1, -1]);
  });

  it.each([
    ['a constant column', '(1, 0.1), (2, 0.1), (3, 0.1)'],
    ['one row', '(1, 2)'],
    ['no row with both', '(1, NULL), (NULL, 2)'],
  ])('is null for %s', async (_what, rows) => {
    const { found } = await pairs(table(rows));
    expect(found[0]?.correlation).toBeNull();
  });

  it('is right for huge and tiny values', async () => {
    const { found } = await pairs(table('(1e300, 1e-300), (-1e300, -1e-300), (5e299, 5e-301)'));
    expect(found[0]?.correlation).toBeCloseTo(1, 12);
  });

  it('takes all columns of numbers but the key, and gives a matrix', async () => {
    const { params, found } = await pairs(
      "SELECT i AS id, i * 2 AS a, -i AS b, 'x' AS c FROM range(5) t(i)",
      {},
      'id',
    );
    expect(params.columns).toEqual(['a', 'b']);
    const task = { dataset: dataset.about, progress: () => undefined, log: () => undefined };
    const results = await correlation.compute(params, found, task);
    const value: unknown = JSON.parse(Buffer.from(results['value.json']?.bytes ?? []).toString());
    expect(value).toEqual({
      method: 'pearson',
      columns: ['a', 'b'],
      matrix: [
        [1, expect.closeTo(-1, 12)],
        [expect.closeTo(-1, 12), 1],
      ],
    });
  });

  it('refuses fewer than two columns', async () => {
    await expect(pairs(table(SIX), { columns: ['x', 'x'] })).rejects.toMatchObject({
      code: 'unsuitable-column',
      extras: { errors: [{ field: 'params.columns' }] },
    });
  });
});
