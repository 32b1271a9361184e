import { describe, expect, it } from '@jest/globals';

import { namesAndTypes, read } from '../../../../test/factories/loaded-table.js';

describe('GeoJSON', () => {
  const feature = (id: number, geometry: object | null, properties: object): object => ({
    type: 'Feature',
    id,
    geometry,
    properties,
  });
  const point = (...coordinates: number[]): object => ({ type: 'Point', coordinates });
  const collection = (...features: object[]): string =>
    JSON.stringify({ type: 'FeatureCollection', metadata: { n: 2 }, features });

  it('makes columns of properties and of points', async () => {
    const table = await read(
      collection(
        feature(1, point(1.5, 2), { name: 'a', more: { x: [1] } }),
        feature(2, point(-3, 4.25, 7), { name: 'b' }),
        feature(3, null, { name: 'c' }),
      ),
    );
    expect(table.outcome.report.format).toBe('geojson');
    expect(namesAndTypes(table)).toEqual({
      id: 'integer',
      name: 'text',
      more: 'json',
      longitude: 'number',
      latitude: 'number',
      altitude: 'integer',
    });
    expect(table.rows[1]).toMatchObject({ id: '2', longitude: -3, latitude: 4.25, altitude: '7' });
    expect(table.rows[2]).toMatchObject({ longitude: null, latitude: null });
    expect(table.outcome.schema.position).toEqual({ latitude: 'latitude', longitude: 'longitude' });
  });

  it('keeps other geometries as JSON', async () => {
    const line = {
      type: 'LineString',
      coordinates: [
        [1, 2],
        [3, 4],
      ],
    };
    const table = await read(
      collection(feature(1, line, { a: 1 }), feature(2, point(5, 6), { a: 2 })),
    );
    expect(namesAndTypes(table)).toMatchObject({ geometry: 'json', longitude: 'integer' });
    expect(JSON.parse(String(table.rows[0]?.['geometry']))).toEqual(line);
    expect(table.rows[1]).toMatchObject({ geometry: null, longitude: '5', latitude: '6' });
  });

  it('does not double what stands among the properties already', async () => {
    const table = await read(
      collection(
        feature(1, point(1.5, 2), { key: 1, reclat: 2, reclong: 1.5 }),
        feature(2, point(3, 4), { key: 2, reclat: 4, reclong: 3 }),
        feature(3, null, { key: 3, reclat: null, reclong: null }),
      ),
    );
    expect(Object.keys(namesAndTypes(table))).toEqual(['key', 'reclat', 'reclong']);
  });
});
