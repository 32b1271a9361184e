import { afterEach, describe, expect, it } from '@jest/globals';

import { datasetReader, type FakeDatasetReader } from '../../../test/factories/dataset-reader.js';
import { validateJson } from '../../parameters/validate.js';
import { smoothed } from '../../plots/raster/smooth.js';
import density from './density.analysis.js';

let dataset: FakeDatasetReader;
afterEach(() => {
  dataset.close();
});

interface Summary {
  readonly columns: number;
  readonly smooth: { readonly x: number; readonly y: number };
  readonly densities: number[];
}

const draw = async (table: string, input: object) => {
  dataset = await datasetReader(table);
  const given = validateJson(density.params, { scale: 1, ...input });
  const params = density.complete?.(given, dataset.about.schema) ?? given;
  const task = { dataset: dataset.about, progress: () => undefined, log: () => undefined };
  const results = await density.compute(params, await density.query(params, dataset), task);
  const text = (name: string): string => Buffer.from(results[name]?.bytes ?? []).toString();
  return { summary: JSON.parse(text('data.json')) as Summary, svg: text('plot.svg') };
};

describe('the density', () => {
  it('follows the kernel of Scott over one column', async () => {
    // 1001 even steps over 0 to 100, which is the axis: sd 28.9, factor 1001^(-1/5), 200 cells.
    const { summary } = await draw('SELECT i / 10 AS x FROM range(1001) t(i)', {
      x: 'x',
      bins: 200,
    });
    const deviation = Math.sqrt((1001 ** 2 - 1) / 12) / 10;
    expect(summary.smooth.x).toBeCloseTo(deviation * 1001 ** -0.2 * 2, 1);
    expect(Math.max(...summary.densities)).toBe(1);
    // Half of the kernel lies outside at the ends.
    expect(summary.densities[0]).toBeCloseTo(0.5, 1);
  });

  it('has its peak where the weights are', async () => {
    const table =
      'SELECT x, y, CASE WHEN x = 8 AND y = 2 THEN 50 ELSE 1 END AS w FROM range(11) a(x), range(11) b(y)';
    const { summary, svg } = await draw(table, { x: 'x', y: 'y', value: 'w', bins: 100 });
    const peak = summary.densities.indexOf(1);
    expect((peak % summary.columns) / summary.columns).toBeCloseTo(0.8, 1);
    expect(Math.floor(peak / summary.columns) / 56).toBeCloseTo(0.2, 1);
    expect(svg).toContain('density of 121 rows; weighted by w');
  });

  it('says so where there is nothing, and draws a single row', async () => {
    expect((await draw('SELECT NULL::DOUBLE AS x', { x: 'x' })).svg).toContain('No data');
    dataset.close();
    expect((await draw('SELECT 3 AS x, 4 AS y', { x: 'x', y: 'y' })).summary.densities).toContain(
      1,
    );
  });

  it('keeps the sum of what it smooths, but for what falls outside', () => {
    const values = new Float64Array(101 * 101);
    values[50 * 101 + 50] = 3;
    const { values: after } = smoothed({ columns: 101, lines: 101, values }, { x: 4, y: 6 });
    expect(after.reduce((sum, one) => sum + one, 0)).toBeCloseTo(3, 6);
    const peak = 3 / (2 * Math.PI * 4 * 6);
    expect(after[50 * 101 + 50]).toBeCloseTo(peak, 3);
  });
});
