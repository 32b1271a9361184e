import { describe, expect, it } from '@jest/globals';

import { datasetReader } from '../../../test/factories/dataset-reader.js';
import valueCounts from './value-counts.analysis.js';

const task = {
  dataset: {
    name: 'd',
    title: 'd',
    version: '1.0',
    schema: { columns: [], key: '_row', time: null, position: null },
  },
  progress: () => undefined,
  log: () => undefined,
};
const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString();

describe('value counts', () => {
  const params = { column: 'class', top: 2 };

  it('share the rows that have a value', async () => {
    const totals = { rows: 10, missing: 2, distinct: 3 };
    const values = [
      { value: 'L6', count: 4 },
      { value: 'H, 5', count: 2 },
    ];
    const results = await valueCounts.compute(params, { totals, values }, task);
    expect(text(results['table.csv']?.bytes)).toBe(
      'value,count,share\r\nL6,4,0.5\r\n"H, 5",2,0.25\r\n',
    );
    expect(JSON.parse(text(results['value.json']?.bytes))).toEqual({
      column: 'class',
      ...totals,
      listed: 2,
    });
  });

  it('of no rows are a problem', () => {
    const nothing = { totals: { rows: 0, missing: 0, distinct: 0 }, values: [] };
    expect(() => valueCounts.compute(params, nothing, task)).toThrow(
      expect.objectContaining({ code: 'empty-dataset' }),
    );
  });

  it('of missing values only are an empty table', async () => {
    const missing = { totals: { rows: 3, missing: 3, distinct: 0 }, values: [] };
    const results = await valueCounts.compute(params, missing, task);
    expect(text(results['table.json']?.bytes)).toBe('[]');
  });

  it.each([
    [
      "'b', 'a', 'c', 'a', 'b', NULL",
      [
        ['a', 2],
        ['b', 2],
      ],
      1,
    ],
    ["1.5, 'nan'::DOUBLE, 'inf'::DOUBLE, 1.5", [[1.5, 2]], 2],
    ["DATE '2012-02-29', DATE '2012-02-29'", [['2012-02-29', 2]], 0],
    ["TIMESTAMP '2012-02-29 01:00:00'", [['2012-02-29T01:00:00Z', 1]], 0],
  ])('of %s', async (list, expected, missing) => {
    const dataset = await datasetReader(`SELECT unnest([${list}]) AS class`);
    const { totals, values } = await valueCounts.query(params, dataset);
    dataset.close();
    expect(values.map(({ value, count }) => [value, count])).toEqual(expected);
    expect(totals.missing).toBe(missing);
  });
});
