import { afterEach, describe, expect, it } from '@jest/globals';

import { datasetReader, type FakeDatasetReader } from '../../../test/factories/dataset-reader.js';
import { validateJson } from '../../parameters/validate.js';
import heatmap from './heatmap.analysis.js';

let dataset: FakeDatasetReader;
afterEach(() => {
  dataset.close();
});

interface Drawn {
  readonly x: number | string;
  readonly x2?: number;
  readonly y: number | string;
  readonly v: number | null;
  readonly rows: number;
}

const draw = async (table: string, input: object) => {
  dataset = await datasetReader(table);
  const given = validateJson(heatmap.params, { scale: 1, ...input });
  const params = heatmap.complete?.(given, dataset.about.schema) ?? given;
  const task = { dataset: dataset.about, progress: () => undefined, log: () => undefined };
  const results = await heatmap.compute(params, await heatmap.query(params, dataset), task);
  const text = (name: string): string => Buffer.from(results[name]?.bytes ?? []).toString();
  const { cells } = JSON.parse(text('data.json')) as { cells: Drawn[] };
  return { cells, svg: text('plot.svg') };
};

describe('the heatmap', () => {
  it('counts every row once, those on the last edge in the last cell', async () => {
    const table = 'SELECT i / 10 AS x, (i % 100) / 10 AS y FROM range(1001) t(i)';
    const { cells } = await draw(table, { x: 'x', y: 'y', bins: [10, 5] });
    expect(cells.reduce((sum, { rows }) => sum + rows, 0)).toBe(1001);
    expect(cells.length).toBe(50);
    expect(cells.filter(({ x }) => x === 0).map(({ v }) => v)).toEqual([20, 20, 20, 20, 20]);
    expect(cells.at(-1)).toMatchObject({ x: 90, x2: 100, y: 8, rows: 20 });
  });

  it('bins on a logarithm and over time', async () => {
    const table =
      "SELECT 10.0 ** (i % 4) AS m, DATE '2020-01-01' + CAST(i AS INTEGER) AS d FROM range(400) t(i)";
    const { cells } = await draw(table, { x: 'd', y: 'm', yScale: 'log', bins: 4 });
    expect(cells.reduce((sum, { rows }) => sum + rows, 0)).toBe(400);
    expect(new Set(cells.map(({ y }) => y))).toEqual(new Set([1, 10, 100]));
  });

  it('shows the mean of a column over groups', async () => {
    const table =
      "SELECT * FROM (VALUES ('a', 'x', 1.0), ('a', 'x', 3.0), ('b', 'y', 5.0), (NULL, 'y', 7.0), ('b', 'x', NULL)) AS t(k, l, v)";
    const { cells, svg } = await draw(table, { x: 'k', y: 'l', value: 'v' });
    expect(cells.map(({ x, y, v }) => [x, y, v])).toEqual([
      ['a', 'x', 2],
      ['b', 'y', 5],
      ['(no value)', 'y', 7],
    ]);
    expect(svg).toContain('4 of 5 rows; the others lack k, l, v');
  });

  it('says so where there is nothing', async () => {
    const { svg } = await draw('SELECT NULL::DOUBLE AS x, 1.0 AS y', { x: 'x', y: 'y' });
    expect(svg).toContain('No data in this selection');
  });

  it.each([
    [{ bins: 1.5 }, 'params.bins: must be whole numbers from 1 to 300'],
    [{ palette: 'okabe-ito' }, 'params.palette: okabe-ito is for categories'],
    [{ xMin: 0 }, 'params.xMin: "k" is grouped'],
  ])('refuses %j', async (more, message) => {
    const drawn = draw("SELECT 'a' AS k, 1 AS v", { x: 'k', y: 'v', ...more });
    await expect(drawn).rejects.toThrow(message);
  });
});
