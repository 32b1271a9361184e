import { afterEach, describe, expect, it } from '@jest/globals';

import { datasetReader, type FakeDatasetReader } from '../../../test/factories/dataset-reader.js';
import { validateJson } from '../../parameters/validate.js';
import scatter from './scatter.analysis.js';

let dataset: FakeDatasetReader;
afterEach(() => {
  dataset.close();
});

const draw = async (query: string, input: object, units = {}) => {
  dataset = await datasetReader(query, { units });
  const given = validateJson(scatter.params, { scale: 1, ...input });
  const params = scatter.complete?.(given, dataset.about.schema) ?? given;
  const task = { dataset: dataset.about, progress: () => undefined, log: () => undefined };
  const results = await scatter.compute(params, await scatter.query(params, dataset), task);
  const text = (name: string): string => Buffer.from(results[name]?.bytes ?? []).toString();
  return { svg: text('plot.svg'), data: JSON.parse(text('data.json')) as { points: object[] } };
};

const awkward = 'a "b".c[0]\'d';
const query = `SELECT i AS x, i * i AS "a ""b"".c[0]'d", i % 2 = 0 AS even, DATE '2020-01-01' + i::INTEGER AS day FROM range(1, 6) t(i)`;

describe('the scatter plot', () => {
  it('takes names that Vega would read as paths', async () => {
    const { svg, data } = await draw(query, { x: 'x', y: awkward });
    expect(data.points).toEqual([1, 2, 3, 4, 5].map((i) => ({ a: i, b: i * i })));
    expect(svg).toContain('a "b".c[0]\'d');
  });

  it('labels axes by column and unit', async () => {
    const { svg } = await draw(query, { x: 'x', y: awkward }, { x: 'km', [awkward]: 's' });
    expect(svg).toContain('>x (km)<');
    expect(svg).toContain('d (s)<');
  });

  it('colours by truth values, times and several columns', async () => {
    expect((await draw(query, { x: 'x', y: 'x', color: 'even' })).svg).toContain('>true<');
    dataset.close();
    expect((await draw(query, { x: 'day', y: 'x', color: 'day' })).data.points[0]).toEqual({
      a: Date.UTC(2020, 0, 2),
      b: 1,
      c: Date.UTC(2020, 0, 2),
    });
    dataset.close();
    const both = await draw(query, { x: 'x', y: ['x', awkward] });
    expect(both.data.points).toHaveLength(10);
    expect(both.svg).toContain('10 values');
  });

  it('draws lines across thousands of points over them, and no labels for them', async () => {
    const many = await draw('SELECT i % 100 AS x, i // 100 AS y FROM range(6000) t(i)', {
      ...{ x: 'x', y: 'y', label: 'x' },
      rules: [{ y: 30, label: 'half' }],
    });
    const [image, rule] = [many.svg.indexOf('<image '), many.svg.indexOf('stroke-dasharray="6,4"')];
    expect(image).toBeGreaterThan(0);
    expect(rule).toBeGreaterThan(image);
    expect(many.svg).toContain('no labels, which are for at most 200 points');
  });

  it('says what has no place', async () => {
    const { svg } = await draw('SELECT unnest([NULL, -1, 1, 10, 100]) AS x, 1 AS y', {
      x: 'x',
      y: 'y',
      xScale: 'log',
      xMax: 50,
    });
    expect(svg).toContain(
      '2 of 5 rows; 1 without x or y; 1 not above 0, which a logarithm cannot show; 1 outside the axes',
    );
  });

  it.each([
    [{ x: 'x', y: 'x', color: 'even', series: 'even' }, 'params.color'],
    [{ x: 'x', y: ['x', 'day'] }, 'params.y'],
    [{ x: 'day', y: 'x', xScale: 'linear' }, 'params.xScale'],
    [{ x: 'x', y: 'x', color: 'even', colorScale: 'log' }, 'params.colorScale'],
    [{ x: 'x', y: 'x', color: 'x', palette: 'tableau10' }, 'params.palette'],
  ])('refuses %j', async (input, field) => {
    await expect(draw(query, input)).rejects.toMatchObject({ extras: { errors: [{ field }] } });
  });
});
