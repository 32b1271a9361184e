import { afterEach, describe, expect, it } from '@jest/globals';

import { datasetReader, type FakeDatasetReader } from '../../../test/factories/dataset-reader.js';
import { hasSharedData, sharedJson } from '../../../test/support/shared-data.js';
import { validateJson } from '../../parameters/validate.js';
import distances from './distances.analysis.js';

let dataset: FakeDatasetReader;
afterEach(() => {
  dataset.close();
});

const measure = async (query: string, input: object) => {
  dataset = await datasetReader(query, {
    schema: { position: { latitude: 'lat', longitude: 'lon' } },
  });
  const given = validateJson(distances.params, input);
  const params = distances.complete?.(given, dataset.about.schema) ?? given;
  const found = await distances.query(params, dataset);
  const task = { dataset: dataset.about, progress: () => undefined, log: () => undefined };
  const results = await distances.compute(params, found, task);
  const json = (name: string): unknown =>
    JSON.parse(Buffer.from(results[name]?.bytes ?? []).toString());
  return {
    rows: json('table.json') as Record<string, number | string | null>[],
    value: json('value.json') as Record<string, number>,
  };
};
const places = (rows: string) => `SELECT * FROM (VALUES ${rows}) AS t(lat, lon, name)`;

describe('distances', () => {
  it('go along the rows in an order', async () => {
    // A quarter of a great circle is R pi / 2: from (0, 0) to (0, 90) and on to the pole.
    const { rows, value } = await measure(places("(90, 0, 'c'), (0, 0, 'a'), (0, 90, 'b')"), {
      order: 'name',
      radius: 100,
    });
    const quarter = 50 * Math.PI;
    expect(rows.map(({ order, distance_km: km }) => [order, km])).toEqual([
      ['a', null],
      ['b', expect.closeTo(quarter, 9)],
      ['c', expect.closeTo(quarter, 9)],
    ]);
    expect(rows.map(({ key }) => key)).toEqual([2, 3, 1]);
    expect(value).toMatchObject({ count: 2, total_km: expect.closeTo(2 * quarter, 9), skipped: 0 });
  });

  it('go to a point, the nearest row first', async () => {
    // python3, spherical law of cosines with R = 6371.0088: Munich 48.14 N 11.58 E to Berlin 52.52 N 13.405 E
    // R * acos(sin(a) * sin(b) + cos(a) * cos(b) * cos(dl)), all in radians
    const { rows } = await measure(places("(52.52, 13.405, 'Berlin'), (48.14, 11.58, 'Munich')"), {
      to: [48.14, 11.58],
    });
    expect(rows.map(({ key }) => key)).toEqual([2, 1]);
    expect(rows[0]?.['distance_km']).toBe(0);
    expect(rows[1]?.['distance_km']).toBeCloseTo(503.92413792661586, 6);
  });

  it('skip rows without a position, and count them', async () => {
    const odd =
      "(NULL, 1, 'x'), (91, 0, 'y'), (1, 'nan'::DOUBLE, 'z'), (0, 181, 'a'), (0, -179, 'b')";
    const { rows, value } = await measure(places(odd), {});
    expect(rows).toHaveLength(2);
    expect(value).toMatchObject({ skipped: 3, total_km: expect.closeTo(0, 9) });
  });

  it('are half the way round to the other side of the sphere', async () => {
    const { value } = await measure(places("(10, 20, 'a'), (-10, -160, 'b')"), { radius: 1 });
    expect(value['total_km']).toBeCloseTo(Math.PI, 7);
  });

  it('of one row are a way without a leg', async () => {
    const { rows, value } = await measure(places("(10, 20, 'a')"), {});
    expect(rows).toEqual([{ leg: 1, key: 1, lat: 10, lon: 20, distance_km: null, total_km: 0 }]);
    expect(value).toMatchObject({ count: 0, total_km: 0, mean_km: null });
  });

  (hasSharedData ? it : it.skip)('are those of a trip on Mars', async () => {
    const { sites } = sharedJson('mars_trip/sites.json') as { sites: Record<string, number>[] };
    const { legs } = sharedJson('mars_trip/expected.json') as { legs: { distance_km: number }[] };
    const rows = sites.map((site) => `(${site['latitude'] ?? 0}, ${site['longitude'] ?? 0}, 's')`);
    const found = await measure(places(rows.join(', ')), { from: [16, 82], radius: 3389.5 });
    expect(found.rows.map(({ distance_km: km }) => km)).toEqual(
      legs.map(({ distance_km: km }) => expect.closeTo(km, 9)),
    );
  });

  it.each([
    [{ to: [48] }, 'to'],
    [{ from: [100, 0] }, 'from'],
    [{ to: [1, 2], order: 'name' }, 'order'],
    [{ radius: 0 }, 'radius'],
  ])('refuse %j', async (input, field) => {
    await expect(measure(places("(1, 2, 'a')"), input)).rejects.toMatchObject({
      extras: { errors: [{ field: expect.stringMatching(new RegExp(`^(params\\.)?${field}$`)) }] },
    });
  });
});
