import { afterEach, describe, expect, it } from '@jest/globals';

import { datasetReader, type FakeDatasetReader } from '../../../test/factories/dataset-reader.js';
import { validateJson } from '../../parameters/validate.js';
import bar from './bar.analysis.js';

let dataset: FakeDatasetReader;
afterEach(() => {
  dataset.close();
});

interface Summary {
  readonly bars: { group: string; color?: string; rows: number; value: number | null }[];
}

const draw = async (table: string, input: object) => {
  dataset = await datasetReader(table);
  const given = validateJson(bar.params, { scale: 1, ...input });
  const params = bar.complete?.(given, dataset.about.schema) ?? given;
  const task = { dataset: dataset.about, progress: () => undefined, log: () => undefined };
  const results = await bar.compute(params, await bar.query(params, dataset), task);
  const text = (name: string): string => Buffer.from(results[name]?.bytes ?? []).toString();
  const { bars } = JSON.parse(text('data.json')) as Summary;
  return { bars: bars.map((one) => [one.group, one.value]), all: bars, svg: text('plot.svg') };
};

const FEW =
  "SELECT * FROM (VALUES ('a', 1.0, 'x'), ('b', 2.0, 'x'), ('b', 4.0, 'y'), (NULL, 8.0, 'x'), ('c', NULL, 'y')) AS t(k, v, c)";

describe('the bar chart', () => {
  it('counts rows, the most first, those without a value last', async () => {
    const { bars, svg } = await draw(FEW, { x: 'k' });
    expect(bars).toEqual([
      ['b', 2],
      ['a', 1],
      ['c', 1],
      ['(no value)', 1],
    ]);
    expect(svg).toContain('5 rows');
  });

  it.each([
    [
      'sum',
      [
        ['b', 6],
        ['a', 1],
        ['c', null],
        ['(no value)', 8],
      ],
    ],
    [
      'mean',
      [
        ['b', 3],
        ['a', 1],
        ['c', null],
        ['(no value)', 8],
      ],
    ],
    [
      'max',
      [
        ['b', 4],
        ['a', 1],
        ['c', null],
        ['(no value)', 8],
      ],
    ],
    [
      'count',
      [
        ['b', 2],
        ['a', 1],
        ['c', 0],
        ['(no value)', 1],
      ],
    ],
    [
      'distinct',
      [
        ['b', 2],
        ['a', 1],
        ['c', 0],
        ['(no value)', 1],
      ],
    ],
  ])('aggregates by %s', async (agg, expected) => {
    const { bars, svg } = await draw(FEW, { x: 'k', y: 'v', agg });
    expect(bars).toEqual(expected);
    expect(svg).toContain('5 rows; 1 without v');
  });

  it('divides by colour', async () => {
    const { all } = await draw(FEW, { x: 'k', y: 'v', agg: 'sum', color: 'c' });
    expect(all.filter(({ group }) => group === 'b')).toEqual([
      { group: 'b', color: 'x', rows: 1, value: 2 },
      { group: 'b', color: 'y', rows: 1, value: 4 },
    ]);
  });

  it('says what is called other, and counts it', async () => {
    const table = "SELECT 's' || (i % 50) AS k FROM range(1000) t(i) WHERE i % 50 < 5 OR i < 100";
    const { bars, svg } = await draw(table, { x: 'k', top: 5 });
    expect(bars).toEqual([
      ['s0', 20],
      ['s1', 20],
      ['s2', 20],
      ['s3', 20],
      ['s4', 20],
      ['other (45 more)', 90],
    ]);
    expect(svg).toContain('5 of 50 values of k one by one, those with the largest values');
  });

  it('shows one group too many rather than calling it other', async () => {
    const { bars } = await draw("SELECT 's' || i AS k FROM range(6) t(i)", { x: 'k', top: 5 });
    expect(bars.map(([group]) => group)).toEqual(['s0', 's1', 's2', 's3', 's4', 's5']);
  });

  it('keeps the order of numbers and times', async () => {
    const { bars } = await draw('SELECT unnest([10, 9, 9, 100]) AS k', { x: 'k' });
    expect(bars).toEqual([
      ['9', 2],
      ['10', 1],
      ['100', 1],
    ]);
  });

  it('says so where there is nothing', async () => {
    const { bars, svg } = await draw(`${FEW} WHERE v > 100`, { x: 'k' });
    expect(bars).toEqual([]);
    expect(svg).toContain('No data in this selection');
  });

  it.each([
    [{ agg: 'sum' }, 'params.y: is needed for sum'],
    [{ y: 'c' }, 'params.y: column "c" has type text; mean needs numbers'],
    [{ xScale: 'log' }, 'params.xScale: the bars are groups'],
    [{ color: 'c', yScale: 'log' }, 'params.yScale: bars that stand on each other'],
    [{ yScale: 'time' }, 'params.yScale: must be linear or log'],
  ])('refuses %j', async (more, message) => {
    await expect(draw(FEW, { x: 'k', ...more })).rejects.toThrow(message);
  });
});
