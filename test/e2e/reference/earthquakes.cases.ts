import { describe, expect, it } from '@jest/globals';

import { figuresOf } from './figures.js';
import { close, type Counts, type Row, type Service } from './service.js';

interface Feature {
  readonly type: string;
  readonly properties: Row;
  readonly geometry: { readonly type: string; readonly coordinates: readonly number[] };
  readonly id: string;
}

interface Expected {
  readonly features: number;
  readonly types: Counts;
  readonly blank_magnitudes: number;
  readonly mean_magnitude: number;
  readonly min_magnitude: number;
  readonly max_magnitude: number;
  readonly count_mag_ge_4_5: number;
  readonly first_time: string;
  readonly last_time: string;
  readonly per_utc_day: Counts;
  readonly magnitude_histogram: Counts;
  readonly networks: readonly (readonly [string, number])[];
  readonly strongest_5: readonly (readonly [string, number, string])[];
  readonly unique_ids: number;
  readonly record_ci37868143: Feature;
}

const time = (text: unknown): number => Date.parse(String(text));

/** Two are equally strong: in an order of their own. */
const ranked = (rows: readonly (readonly unknown[])[]): (readonly unknown[])[] =>
  [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

export function earthquakes(service: Service): void {
  describe('earthquakes, from GeoJSON', () => {
    const { expected, allCompared } = figuresOf<Expected>('earthquakes');

    it('are so many, of types and networks', async () => {
      const query = `?dateformat=epoch_ms&schema=${encodeURIComponent('{"time": "timestamp"}')}`;
      const file = 'earthquakes/usgs_all_week_2018-02-07.geojson.gz';
      const body = await service.load('quakes', file, query);
      const { format } = body.report;
      expect([format, body.rows, body.key]).toEqual(['geojson', expected.features, 'id']);
      expect(await service.counts('quakes', 'type')).toEqual(expected.types);
      expect(await service.counts('quakes', 'net')).toEqual(Object.fromEntries(expected.networks));
    });

    it('have magnitudes and times', async () => {
      const [figures] = await service.aggregate(
        'quakes',
        'agg=mean(mag),min(mag),max(mag),min(time),max(time),distinct(id)',
      );
      close(figures?.['mean(mag)'], expected.mean_magnitude);
      expect(figures).toMatchObject({
        'min(mag)': expected.min_magnitude,
        'max(mag)': expected.max_magnitude,
        'distinct(id)': expected.unique_ids,
      });
      expect(time(figures?.['min(time)'])).toBe(time(expected.first_time));
      expect(time(figures?.['max(time)'])).toBe(time(expected.last_time));
      expect(await service.total('quakes', 'mag__isnull=true')).toBe(expected.blank_magnitudes);
      expect(await service.total('quakes', 'mag__gte=4.5')).toBe(expected.count_mag_ge_4_5);
      const days = await service.aggregate('quakes', 'bucket=day(time)');
      const perDay = days.map((row) => [String(row['day(time)']).slice(0, 10), row['count']]);
      expect(Object.fromEntries(perDay)).toEqual(expected.per_utc_day);
      for (const [bin, count] of Object.entries(expected.magnitude_histogram)) {
        const range = `mag__gte=${bin}&mag__lt=${String(Number(bin) + 1)}`;
        expect(await service.total('quakes', range)).toBe(count);
      }
      const { records } = await service.page('quakes', 'sort=-mag,id&limit=5');
      expect(ranked(records.map(({ id, mag, place }) => [id, mag, place]))).toEqual(
        ranked(expected.strongest_5),
      );
    });

    it('are records and features', async () => {
      const { type, properties, geometry, id } = expected.record_ci37868143;
      const [longitude, latitude, depth] = geometry.coordinates;
      const record = await service.get(`/datasets/quakes/records/${id}`);
      expect(record).toEqual({
        ...properties,
        ...{ id, code: record['code'], longitude, latitude, depth },
        time: new Date(Number(properties['time'])).toISOString().replace('0Z', 'Z'),
      });
      expect(String(record['code'])).toBe(properties['code']);
      const { features } = await service.get<{ features: readonly Feature[] }>(
        `/datasets/quakes/export?format=geojson&id=${id}`,
      );
      expect(features).toHaveLength(1);
      expect(features[0]).toMatchObject({ type, geometry: { type: geometry.type } });
    });

    allCompared({ rules: 'says how the figures were made' });
  });
}
