import { describe, expect, it } from '@jest/globals';

import { http } from '../../support/http.js';
import { sharedJson } from '../../support/shared-data.js';
import { figuresOf } from './figures.js';
import { about, type Row, type Service } from './service.js';

interface Expected {
  readonly legs: readonly {
    readonly leg: number;
    readonly distance_km: number;
    readonly travel_hr: number;
    readonly sample_hr: number;
  }[];
  readonly number_of_legs: number;
  readonly total_hr: number;
}

export function mars(service: Service): void {
  describe('sites on Mars', () => {
    const { expected, allCompared } = figuresOf<Expected>('mars_trip');

    it('are a table', async () => {
      const { sites } = sharedJson('mars_trip/sites.json') as { sites: Row[] };
      const body = await service.load('sites', 'mars_trip/sites.json');
      expect([body.rows, body.key]).toEqual([5, 'site_id']);
      expect((await service.page('sites', 'limit=10')).records).toEqual(sites);
    });

    it('are visited in a trip', async () => {
      const body = sharedJson('mars_trip/sites.json');
      const trip = await http(`${service.url}/mars/trip`, { method: 'POST', body });
      expect(trip.body).toMatchObject({
        number_of_legs: expected.number_of_legs,
        total_hr: about(expected.total_hr, 9),
        legs: expected.legs.map(({ leg, distance_km, travel_hr, sample_hr }) => ({
          ...{ leg, sample_hr },
          distance_km: about(distance_km, 8),
          travel_hr: about(travel_hr, 8),
        })),
      });
    });

    allCompared({ rules: 'says how the figures were made' });
  });
}
