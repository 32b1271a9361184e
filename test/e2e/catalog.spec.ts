import { readFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { http, type ProblemBody } from '../support/http.js';
import { AlmanacProcess } from '../support/processes.js';
import { hasSharedData, sharedFile, sharedJson } from '../support/shared-data.js';

/** The teaching systems under their own nouns, with the figures of the exercises. */
let api: AlmanacProcess;
beforeAll(async () => {
  api = await AlmanacProcess.api();
});
afterAll(async () => {
  await api.stop();
});

const get = <T = Record<string, unknown>>(path: string, accept = 'application/json') =>
  http<T>(`${api.url}${path}`, { headers: { accept } });
const put = (name: string, body: unknown) =>
  http(`${api.url}/datasets/${name}`, { method: 'PUT', body });

/** A number to so many digits. */
const about = (value: number, digits: number): unknown => expect.closeTo(value, digits);

describe('degrees', () => {
  it('are a list, a row and a value', async () => {
    expect((await get<ProblemBody>('/degrees')).body).toMatchObject({
      status: 404,
      code: 'unknown-dataset',
    });
    await put('degrees', readFileSync('src/catalog/degrees/degrees.sample.json', 'utf8'));
    expect((await get<object[]>('/degrees')).body).toHaveLength(5);
    expect((await get('/degrees?start=1993')).body).toEqual([
      { id: 3, year: 1993, degrees: 6123 },
      { id: 4, year: 1994, degrees: 6096 },
    ]);
    expect((await get<object[]>('/degrees?start=1991&limit=2')).body).toHaveLength(2);
    expect((await get('/degrees/2')).body).toEqual({ id: 2, year: 1992, degrees: 6005 });
    expect((await get('/degrees/2/degrees')).body).toEqual({ degrees: 6005 });
  });

  it.each([
    ['/degrees?start=abc', 400, 'start'],
    ['/degrees?limit=-1', 400, 'limit'],
    ['/degrees/A', 400, 'id'],
    ['/degrees/-1', 400, 'id'],
    ['/degrees?strat=1990', 400, 'strat'],
  ])('%s is %d and names %s', async (path, status, field) => {
    const { body } = await get<ProblemBody>(path);
    expect(body).toMatchObject({ status, errors: [{ field }] });
  });

  it('of an unknown id are 404', async () => {
    expect((await get('/degrees/99')).body).toMatchObject({ status: 404, code: 'unknown-record' });
  });
});

describe('water', () => {
  const rows = [1.1, 1.2, 1.3, 1.1, 1.2, 1.196].map((detector_current, hour) => ({
    ...{ datetime: `2023-02-01 0${String(hour)}:00`, sample_volume: 1.19 },
    ...{ calibration_constant: 1, detector_current, analyzed_by: 'C. Milligan' },
  }));

  it('is judged by its last five measurements', async () => {
    await put('water', { turbidity_data: rows });
    expect((await get('/water')).body).toMatchObject({
      turbidity: { value: about(1.1992, 10), units: 'NTU' },
      safe: false,
      threshold: 1,
      hours_to_safe: about(8.991600232149228, 8),
    });
    expect((await get('/water?threshold=1.5')).body).toMatchObject({
      safe: true,
      hours_to_safe: 0,
    });
  });

  it('is three lines as text', async () => {
    const { headers, body } = await get<string>('/water', 'text/plain');
    expect(headers.get('content-type')).toMatch(/^text\/plain/);
    expect(body).toBe(
      'Average turbidity based on most recent five measurements = 1.1992 NTU\n' +
        'Warning: Turbidity is above threshold for safe use\n' +
        'Minimum time required to return below a safe threshold = 8.99 hours\n',
    );
  });

  it.each(['decay=1', 'decay=x', 'threshold=0', 'points=0', 'points=2.5', 'point=5'])(
    '?%s is 400',
    async (query) => {
      expect((await get(`/water?${query}`)).status).toBe(400);
    },
  );

  it('without measurements says so', async () => {
    await http(`${api.url}/datasets/water/records?all=true`, { method: 'DELETE' });
    expect((await get('/water')).body).toMatchObject({ status: 422, code: 'empty-dataset' });
  });
});

describe('mars', () => {
  it('makes the same sites of the same seed, within bounds', async () => {
    const first = await get<{ sites: { latitude: number; longitude: number }[] }>(
      '/mars/sites?count=50&seed=7',
    );
    const again = await get('/mars/sites?count=50&seed=7');
    expect(again.body).toEqual(first.body);
    expect(first.body.sites).toHaveLength(50);
    for (const { latitude, longitude } of first.body.sites) {
      expect(latitude >= 16 && latitude <= 18 && longitude >= 82 && longitude <= 84).toBe(true);
    }
    expect((await get('/mars/sites?seed=8')).body).not.toEqual(
      (await get('/mars/sites?seed=9')).body,
    );
  });

  it('plans what it made, as numbers and as text', async () => {
    const { body } = await get('/mars/sites?count=5&seed=1');
    const trip = { method: 'POST', body };
    const planned = await http<{ total_km: number }>(`${api.url}/mars/trip`, trip);
    expect(planned.body).toMatchObject({ number_of_legs: 5 });
    const best = await http<{ total_km: number }>(`${api.url}/mars/trip`, {
      method: 'POST',
      body: { ...body, order: 'best' },
    });
    expect(best.body.total_km).toBeLessThanOrEqual(planned.body.total_km);
    const text = await http<string>(`${api.url}/mars/trip`, {
      ...trip,
      headers: { accept: 'text/plain' },
    });
    expect(text.body).toMatch(/^leg = 1, time to travel = [\d.]+ hr, time to sample = \d hr\n/);
  });

  it.each([
    [{}, 'sites'],
    [{ sites: [] }, 'sites'],
    [
      { sites: [{ site_id: 1, latitude: 'x', longitude: 1, composition: 'iron' }] },
      'sites[0].latitude',
    ],
    [
      { sites: [{ site_id: 1, latitude: 1, longitude: 1, composition: 'wood' }] },
      'sites[0].composition',
    ],
    [
      { sites: [{ site_id: 1, latitude: 1, longitude: 1, composition: 'iron' }], speed_km_h: 0 },
      'speed_km_h',
    ],
    [
      {
        sites: [{ site_id: 1, latitude: 1, longitude: 1, composition: 'iron' }],
        start: { latitude: 1 },
      },
      'start.longitude',
    ],
  ])('%j names %s', async (body, field) => {
    const answer = await http<ProblemBody>(`${api.url}/mars/trip`, { method: 'POST', body });
    expect(answer.status).toBe(400);
    expect(answer.body.errors?.[0]?.field).toBe(field);
  });
});

describe('genes', () => {
  it('are ids, and all of one; near matches of an unknown one are named', async () => {
    await put(
      'genes',
      'hgnc_id\tsymbol\tname\talias\nHGNC:5\tA1BG\talpha-1-B glycoprotein\t\nHGNC:37133\tA1BG-AS1\tA1BG antisense RNA 1\tx\n',
    );
    expect((await get('/genes')).body).toEqual(['HGNC:5', 'HGNC:37133']);
    expect((await get('/genes?limit=1&offset=1')).body).toEqual(['HGNC:37133']);
    expect((await get('/genes/HGNC:5')).body).toEqual({
      hgnc_id: 'HGNC:5',
      symbol: 'A1BG',
      name: 'alpha-1-B glycoprotein',
      alias: null,
    });
    expect((await get('/genes/A1BG')).body).toMatchObject({ status: 404, near: ['HGNC:5'] });
    expect((await get('/genes/HGNC:3713')).body).toMatchObject({
      status: 404,
      near: ['HGNC:37133'],
    });
  });
});

describe('meteorites', () => {
  it('are summed up by class and hemisphere', async () => {
    await put(
      'meteorites',
      'name,id,recclass,mass (g),reclat,reclong\nRuiz,10001,L5,21,50.775,6.08333\nBeeler,10002,H6,720,56.18333,10.23333\nMitchell,10003,L6,780,-33.16667,-64.95\nZero,10004,L6,,0,0\n',
    );
    expect((await get('/meteorites/summary')).body).toEqual({
      mean_mass: 507,
      classes: { L6: 2, H6: 1, L5: 1 },
      hemispheres: { 'Northern & Eastern': 2, 'Southern & Western': 2 },
    });
    expect((await get('/meteorites/summary?recclass=nothing')).body).toMatchObject({
      code: 'empty-dataset',
    });
  });
});

interface TurbidityExpected {
  readonly files: Readonly<
    Record<string, { mean_ntu: number; safe: boolean; hours_to_safe: number }>
  >;
}

(hasSharedData ? describe : describe.skip)('with the data of the exercises', () => {
  it.each(['turbidity_2023-02-16.json', 'turbidity_below_threshold.json'])(
    '%s has its turbidity',
    async (file) => {
      const { files } = sharedJson('turbidity/expected.json') as TurbidityExpected;
      const { mean_ntu = NaN, safe, hours_to_safe = NaN } = files[file] ?? {};
      await put('water', sharedFile(`turbidity/${file}`));
      expect((await get('/water')).body).toMatchObject({
        turbidity: { value: about(mean_ntu, 10), units: 'NTU' },
        safe,
        hours_to_safe: about(hours_to_safe, 8),
      });
    },
  );

  it('plans the trip of the exercise', async () => {
    const {
      rules: _rules,
      legs,
      ...totals
    } = sharedJson('mars_trip/expected.json') as {
      rules: string;
      legs: { distance_km: number; travel_hr: number }[];
      total_hr: number;
    };
    const body = sharedJson('mars_trip/sites.json');
    const trip = await http(`${api.url}/mars/trip`, { method: 'POST', body });
    expect(trip.body).toMatchObject({
      ...totals,
      total_hr: about(totals.total_hr, 9),
      legs: legs.map((leg) => ({
        ...leg,
        distance_km: about(leg.distance_km, 8),
        travel_hr: about(leg.travel_hr, 8),
      })),
    });
  });
});
