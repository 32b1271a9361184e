import { afterEach, describe as suite, expect, it } from '@jest/globals';

import { datasetReader, type FakeDatasetReader } from '../../../test/factories/dataset-reader.js';
import { validateJson } from '../../parameters/validate.js';
import describe from './describe.analysis.js';

let dataset: FakeDatasetReader;
afterEach(() => {
  dataset.close();
});

const figures = async (query: string, input = {}) => {
  dataset = await datasetReader(query);
  return describe.query(validateJson(describe.params, input), dataset);
};
const values = (list: string) => figures(`SELECT unnest([${list}]) AS v`);

suite('describe', () => {
  it('gives the figures of numbers', async () => {
    // python3: statistics.stdev([1, 2, 3, 4, 10]) = 3.5355339059327378, mean 4
    expect(await values('4, 1, 3, 2, 10, NULL')).toEqual([
      {
        ...{ column: 'v', type: 'integer', count: 5, missing: 1, distinct: 5, min: 1, max: 10 },
        ...{ mean: 4, sd: 3.5355339059327378, q25: 2, median: 3, q75: 4, top: 1, top_count: 1 },
      },
    ]);
  });

  it('gives those of values near the greatest number', async () => {
    // python3: 1.5e308 * statistics.stdev([1, -1]) is beyond DOUBLE, 1e308 * statistics.stdev([1, 0, 1]) is not
    expect((await values('1.5e308, -1.5e308'))[0]).toMatchObject({
      mean: 0,
      sd: null,
      q25: -7.5e307,
    });
    dataset.close();
    const [row] = await values('1e308, 0, 1e308');
    expect(row?.['sd']).toBe(5.773502691896258e307);
    expect(row?.['mean']).toBeCloseTo(6.666666666666667e307, -294);
  });

  it('counts what is no finite number as missing', async () => {
    const [row] = await values("1, 'inf'::DOUBLE, 'nan'::DOUBLE, -'inf'::DOUBLE");
    expect(row).toMatchObject({
      count: 1,
      missing: 3,
      min: 1,
      max: 1,
      mean: 1,
      sd: null,
      median: 1,
    });
  });

  it('gives nothing but counts for a column without values', async () => {
    const [row] = await values('NULL::DOUBLE, NULL');
    expect(row).toMatchObject({ count: 0, missing: 2, distinct: 0, mean: null, top: null });
  });

  it('shows times in RFC 3339', async () => {
    const [row] = await figures("SELECT TIMESTAMP '2012-03-01 12:30:00.5' AS t");
    expect(row).toMatchObject({
      min: '2012-03-01T12:30:00.5Z',
      top: '2012-03-01T12:30:00.5Z',
      mean: null,
    });
  });

  it.each([
    ["'b', 'a', 'b', NULL, 'c'", { type: 'text', min: 'a', max: 'c', top: 'b' }],
    ['true, false, true, NULL, true', { type: 'boolean', distinct: 2, top: true, top_count: 3 }],
    ["DATE '2020-01-02', '2020-01-01', '2020-01-02', NULL, '2020-01-03'", { top: '2020-01-02' }],
  ])('counts each row of %s once', async (list, figuresOfList) => {
    const [row] = await values(list);
    expect(row).toMatchObject({
      ...{ count: 4, missing: 1, distinct: 3, top_count: 2, mean: null, sd: null },
      ...figuresOfList,
    });
  });

  it('describes the columns that are asked for', async () => {
    const rows = await figures("SELECT 1 AS a, 'x' AS b, true AS c", { columns: ['c', 'b'] });
    expect(rows.map(({ column, top }) => [column, top])).toEqual([
      ['c', true],
      ['b', 'x'],
    ]);
  });
});
