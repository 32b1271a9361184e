import { afterEach, describe, expect, it } from '@jest/globals';

import { datasetReader, type FakeDatasetReader } from '../../../test/factories/dataset-reader.js';
import { validateJson } from '../../parameters/validate.js';
import box from './box.analysis.js';

let dataset: FakeDatasetReader;
afterEach(() => {
  dataset.close();
});

const draw = async (table: string, input: object) => {
  dataset = await datasetReader(table);
  const given = validateJson(box.params, { scale: 1, ...input });
  const params = box.complete?.(given, dataset.about.schema) ?? given;
  const task = { dataset: dataset.about, progress: () => undefined, log: () => undefined };
  const results = await box.compute(params, await box.query(params, dataset), task);
  const text = (name: string): string => Buffer.from(results[name]?.bytes ?? []).toString();
  const { boxes } = JSON.parse(text('data.json')) as { boxes: Record<string, unknown>[] };
  return { boxes, svg: text('plot.svg') };
};

describe('the box plot', () => {
  it('has quartiles as R and numpy interpolate them, whiskers and outliers after Tukey', async () => {
    // numpy.percentile([1..9, 30], [25, 50, 75]) is 3.25, 5.5, 7.75; the fences are -3.5 and 14.5.
    const table = "SELECT unnest([1, 2, 3, 4, 5, 6, 7, 8, 9, 30, NULL]) AS v, 'a' AS k";
    const { boxes, svg } = await draw(table, { x: 'k', y: 'v' });
    expect(boxes).toEqual([
      {
        group: 'a',
        rows: 10,
        low: 1,
        q1: 3.25,
        median: 5.5,
        q3: 7.75,
        high: 9,
        mean: 7.5,
        outliers: 1,
      },
    ]);
    expect(svg).toContain('10 of 11 rows; 1 without v');
  });

  it('sorts groups by their medians and divides them by colour', async () => {
    const table =
      "SELECT i AS v, CASE WHEN i < 50 THEN 'low' ELSE 'high' END AS k, CASE WHEN i % 2 = 0 THEN 'even' END AS c FROM range(100) t(i)";
    const { boxes } = await draw(table, { x: 'k', y: 'v', color: 'c' });
    expect(boxes.map(({ group, color, median }) => [group, color, median])).toEqual([
      ['high', 'even', 74],
      ['high', '(no value)', 75],
      ['low', 'even', 24],
      ['low', '(no value)', 25],
    ]);
  });

  it('draws the farthest outliers and says how many there are', async () => {
    const table =
      'SELECT CASE WHEN i % 10 = 0 THEN 1000 + i ELSE i % 7 END AS v FROM range(5000) t(i)';
    const { boxes, svg } = await draw(table, { y: 'v' });
    expect(boxes[0]?.['outliers']).toBe(500);
    expect(svg).toContain('100 of 500 outliers drawn');
  });

  it('leaves out what a logarithm cannot show, and says so', async () => {
    const { boxes, svg } = await draw('SELECT unnest([0, -1, 1, 10, 100]) AS v', {
      y: 'v',
      yScale: 'log',
    });
    expect(boxes[0]).toMatchObject({ low: 1, median: 10, high: 100 });
    expect(svg).toContain('3 of 5 rows; 2 not above 0');
  });

  it('says so where there is nothing', async () => {
    const { svg } = await draw("SELECT NULL::DOUBLE AS v, 'a' AS k", { x: 'k', y: 'v' });
    expect(svg).toContain('No data in this selection');
  });
});
