import { afterEach, describe, expect, it } from '@jest/globals';

import { datasetReader, type FakeDatasetReader } from '../../../test/factories/dataset-reader.js';
import { validateJson } from '../../parameters/validate.js';
import map from './map.analysis.js';

let dataset: FakeDatasetReader;
afterEach(() => {
  dataset.close();
});

const places = `SELECT * FROM (VALUES (50.8, 6.1, 21.0), (-23.0, 134.0, 0.0), (NULL, 5.0, 3.0), (0.0, 354.5, 1.0), (-90.0, 0.0, 7.0)) AS t(lat, lon, mass)`;
const position = { latitude: 'lat', longitude: 'lon' };

const draw = async (input: object, schema: object = { position }) => {
  dataset = await datasetReader(places, { schema });
  const given = validateJson(map.params, { scale: 1, ...input });
  const params = map.complete?.(given, dataset.about.schema) ?? given;
  const task = { dataset: dataset.about, progress: () => undefined, log: () => undefined };
  const results = await map.compute(params, await map.query(params, dataset), task);
  const text = (name: string): string => Buffer.from(results[name]?.bytes ?? []).toString();
  return { svg: text('plot.svg'), data: JSON.parse(text('data.json')) as { points: object[] } };
};

describe('the map', () => {
  it('finds the position of the dataset, and says which rows have none', async () => {
    const { svg, data } = await draw({ color: 'mass', colorScale: 'log' });
    expect(data.points).toEqual([
      { a: 6.1, b: 50.8, c: 21 },
      { a: 134, b: -23, c: null },
      { a: 0, b: -90, c: 7 },
    ]);
    expect(svg).toContain(
      '3 of 5 rows; 1 without a position; 1 with a position out of range; 1 in grey, mass missing or not above 0',
    );
  });

  it('leaves out what a projection cannot show', async () => {
    expect((await draw({ projection: 'orthographic' })).svg).toContain(
      '1 out of sight in this projection',
    );
    dataset.close();
    expect((await draw({ projection: 'mercator' })).svg).toContain(
      '1 out of sight in this projection',
    );
  });

  it('shows a part of the world', async () => {
    const { svg, data } = await draw({ xMin: 0, xMax: 30, yMin: 40, yMax: 60 });
    expect(data.points).toEqual([{ a: 6.1, b: 50.8 }]);
    expect(svg).toContain('2 outside the window');
  });

  it('shows another world: no land, degrees at the edges, and a text at each point', async () => {
    const mars = { xMin: 5, xMax: 8, yMin: 49, yMax: 52, coasts: false, label: 'mass' };
    const { svg } = await draw(mars);
    for (const text of ['5.5° E', '50.5° N', '21.0']) expect(svg).toContain(`>${text}</text>`);
    expect(svg).not.toMatch(/fill="#dfe3e6"/);
    dataset.close();
    expect((await draw({ ...mars, coasts: true })).svg).toMatch(/fill="#dfe3e6"/);
  });

  it('asks for columns where the dataset has no position', async () => {
    await expect(draw({}, {})).rejects.toMatchObject({
      extras: { errors: [{ field: 'params.lat' }] },
    });
    dataset.close();
    expect((await draw({ lat: 'lat', lon: 'lon' }, {})).data.points).toHaveLength(3);
  });

  it.each([
    [{ xLabel: 'x' }, 'params.xLabel'],
    [{ xMin: -200 }, 'params.xMin'],
    [{ yMin: 50, yMax: 40 }, 'params.yMax'],
  ])('refuses %j', async (input, field) => {
    await expect(draw(input)).rejects.toMatchObject({ extras: { errors: [{ field }] } });
  });
});
