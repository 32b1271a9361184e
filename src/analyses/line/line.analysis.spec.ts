import { afterEach, describe, expect, it } from '@jest/globals';

import { datasetReader, type FakeDatasetReader } from '../../../test/factories/dataset-reader.js';
import { validateJson } from '../../parameters/validate.js';
import line from './line.analysis.js';

let dataset: FakeDatasetReader;
afterEach(() => {
  dataset.close();
});

interface Summary {
  readonly rows: number;
  readonly series: { name: string; x: number[]; y: (number | null)[] }[];
}

const draw = async (query: string, input: object) => {
  dataset = await datasetReader(query);
  const given = validateJson(line.params, { scale: 1, ...input });
  const params = line.complete?.(given, dataset.about.schema) ?? given;
  const task = {
    dataset: dataset.about,
    wanted: ['plot.svg', 'data.json'],
    progress: () => undefined,
    log: () => undefined,
  };
  const results = await line.compute(params, await line.query(params, dataset), task);
  const text = (name: string): string => Buffer.from(results[name]?.bytes ?? []).toString();
  return { svg: text('plot.svg'), data: JSON.parse(text('data.json')) as Summary };
};

const times = <T>(n: number, one: T): T[] => Array.from({ length: n }, () => one);

describe('the line plot', () => {
  it('goes in the order of x and is interrupted where y is missing', async () => {
    const query = 'SELECT unnest([3, 1, 2, 4]) AS x, unnest([30, 10, NULL, 40]) AS y';
    const { data, svg } = await draw(query, { x: 'x', y: 'y' });
    expect(data.series).toEqual([{ name: 'y', x: [1, 2, 3, 4], y: [10, null, 30, 40] }]);
    expect(svg).toContain('3 of 4 rows; 1 without x or y');
  });

  it('has a line for each value of a series, the longest first', async () => {
    const query =
      "SELECT i AS x, i AS y, CASE WHEN i < 3 THEN 'b' WHEN i = 9 THEN NULL ELSE 'a' END AS s FROM range(10) t(i)";
    const { data } = await draw(query, { x: 'x', y: 'y', series: 's' });
    expect(data.series.map(({ name, x }) => [name, x.length])).toEqual([
      ['a', 6],
      ['b', 3],
      ['(no value)', 1],
    ]);
  });

  it('keeps the extremes of a million points', async () => {
    const query =
      'SELECT i AS x, CASE WHEN i = 123456 THEN 50 WHEN i = 654321 THEN -50 ELSE sin(i / 1000) END AS y FROM range(1000000) t(i)';
    const { data } = await draw(query, { x: 'x', y: 'y' });
    const [only] = data.series;
    expect(only?.x.length).toBeLessThan(4 * 960);
    expect(only?.y[only.x.indexOf(123456)]).toBe(50);
    expect(only?.y[only.x.indexOf(654321)]).toBe(-50);
    expect([only?.x[0], only?.x.at(-1)]).toEqual([0, 999_999]);
  });

  it('says when there are more series than colours', async () => {
    const { svg, data } = await draw("SELECT 1 AS x, i AS y, 's' || i AS s FROM range(30) t(i)", {
      x: 'x',
      y: 'y',
      series: 's',
    });
    expect(data.series).toHaveLength(20);
    expect(svg).toContain('20 of 30 rows; 20 of 30 series');
  });

  it('reaches the lines across it, and says where they are', async () => {
    const query = "SELECT DATE '2024-02-01' + i::INTEGER AS day, i AS y FROM range(5) t(i)";
    const rules = [{ y: 9, label: 'threshold' }, { x: '2024-02-03' }];
    const { svg } = await draw(query, { x: 'day', y: 'y', rules });
    expect(svg).toContain('>threshold</text>');
    expect(svg).toContain(
      `line at y = 9: threshold, line at x = ${String(Date.UTC(2024, 1, 3))}. 5 rows.`,
    );
    expect(svg.match(/<line [^>]*stroke-dasharray="6,4"/g)).toHaveLength(2);
    dataset.close();
    const cut = await draw(query, { x: 'day', y: 'y', yMax: 6, rules });
    expect(cut.svg).toContain('5 rows; 1 line outside');
    expect(cut.svg).not.toContain('>threshold</text>');
  });

  it.each([
    [[{ y: 1, x: 2 }], 'params.rules[0]', 'must have one of x and y'],
    [[{ y: 1 }, { label: 'none' }], 'params.rules[1]', 'must have one of x and y'],
    [[{ y: 'high' }], 'params.rules[0].y', 'must be a number'],
    [[{ x: 'noon' }], 'params.rules[0].x', 'must be a time such as "2024-02-29T12:00:00Z"'],
    [[{ z: 1 }], 'params.rules[0].z', 'unknown parameter'],
    ['a', 'rules', 'each value must be an object'],
  ])('refuses the lines %j', async (rules, field, message) => {
    await expect(
      draw("SELECT DATE '2024-02-01' AS day, 1 AS y", { x: 'day', y: 'y', rules }),
    ).rejects.toThrow(`${field}: ${message}`);
  });

  it('refuses a line that a logarithm cannot show', async () => {
    await expect(
      draw('SELECT 1 AS x, 2 AS y', { x: 'x', y: 'y', yScale: 'log', rules: [{ y: 0 }] }),
    ).rejects.toThrow('params.rules[0].y: must be above 0 on a logarithmic axis');
  });

  it('draws each of the other values as a line of its own', async () => {
    const query =
      "SELECT i AS x, i AS y, 's' || (i % 14) AS s, 'g' || (i % 28 // 14) AS g FROM range(280) t(i)";
    const facets = await draw(query, { x: 'x', y: 'y', facet: 's' });
    const panels = facets.data as unknown as Summary[];
    const lengths = (panel: Summary | undefined) =>
      panel?.series.map(({ name, x }) => [name, x.length]);
    expect(panels).toHaveLength(10);
    expect(lengths(panels[0])).toEqual([['y', 20]]);
    expect(lengths(panels[9])).toEqual(times(5, ['y', 20]));
    dataset.close();
    const twice = await draw(query, { x: 'x', y: 'y', facet: 's', series: 'g' });
    const [, ...last] = (twice.data as unknown as Summary[]).slice(8);
    expect(lengths(last[0])).toEqual([...times(5, ['g0', 10]), ...times(5, ['g1', 10])]);
  });

  it('goes from one time to another', async () => {
    const query =
      "SELECT unnest(generate_series(TIMESTAMP '2023-12-30', TIMESTAMP '2024-01-08', INTERVAL 1 DAY)) AS x, unnest(range(10)) AS y";
    const { data, svg } = await draw(query, {
      x: 'x',
      y: 'y',
      xMin: '2024-01-02',
      xMax: '2024-01-05T12:00:00Z',
    });
    expect(data.series[0]?.y).toEqual([3, 4, 5, 6]);
    expect(svg).toContain('Jan 3');
    expect(svg).not.toContain('Jan 6');
  });

  it('refuses several ways to choose the lines', async () => {
    await expect(
      draw("SELECT 1 AS x, 2 AS y, 'a' AS s", { x: 'x', y: ['x', 'y'], series: 's' }),
    ).rejects.toMatchObject({
      extras: { errors: [{ field: 'params.series' }] },
    });
  });
});
