import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { http, type ProblemBody } from '../support/http.js';
import { AlmanacProcess } from '../support/processes.js';

/** The teaching systems under their own nouns, with the figures of the exercises. */
let api: AlmanacProcess;
beforeAll(async () => {
  // A time without a zone would be taken for one of this place.
  api = await AlmanacProcess.api({ TZ: 'America/Chicago' });
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
      detail: expect.stringContaining('POST /degrees loads the five rows of the course') as unknown,
    });
    const load = (body?: string) =>
      http(`${api.url}/degrees`, { method: 'POST', ...(body === undefined ? {} : { body }) });
    expect(await load()).toMatchObject({ status: 201, body: { rows: 5, version: '1.0' } });
    expect(await load('id,year,degrees\n7,2001,1\n')).toMatchObject({
      status: 200,
      body: { rows: 1 },
    });
    expect((await get('/degrees')).body).toEqual([{ id: 7, year: 2001, degrees: 1 }]);
    expect((await load()).status).toBe(200);
    expect((await get<object[]>('/degrees')).body).toHaveLength(5);
    expect((await get('/degrees?start=1993')).body).toEqual([
      { id: 3, year: 1993, degrees: 6123 },
      { id: 4, year: 1994, degrees: 6096 },
    ]);
    expect((await get<object[]>('/degrees?start=1991&limit=2')).body).toHaveLength(2);
    expect((await get('/degrees?limit=1&offset=2')).body).toMatchObject([{ year: 1992 }]);
    expect((await get('/degrees/2')).body).toEqual({ id: 2, year: 1992, degrees: 6005 });
    expect((await get('/degrees/2/degrees')).body).toEqual({ degrees: 6005 });
  });

  it.each([
    ['/degrees?start=abc', 'start', 'must be an integer'],
    ['/degrees?limit=-1', 'limit', 'must not be less than 0'],
    ['/degrees/A', 'id', 'must be a whole number, 0 or more'],
    ['/degrees/-1', 'id', 'must be a whole number, 0 or more'],
    ['/degrees?strat=1990', 'strat', 'unknown parameter; did you mean start?'],
  ])('%s is 400 and says of %s that it %s', async (path, field, message) => {
    const { body } = await get<ProblemBody>(path);
    expect([body.status, body.errors]).toEqual([400, [{ field, message }]]);
  });

  it('of an unknown id are 404', async () => {
    expect((await get('/degrees/99')).body).toMatchObject({
      ...{ status: 404, code: 'unknown-record' },
      detail: '"degrees" has no record "99"; its records are addressed by "id" (integer)',
    });
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
    expect((await get('/genes/A1BG')).body).toMatchObject({
      ...{ status: 400, near: ['HGNC:5'] },
      detail: 'hgnc_id: must be HGNC: and a number, such as HGNC:5; did you mean HGNC:5?',
    });
    // The number in a symbol is none of an id.
    expect((await get('/genes/TP5')).body).toMatchObject({
      ...{ status: 400, near: [] },
      detail: 'hgnc_id: must be HGNC: and a number, such as HGNC:5',
    });
    for (const id of ['5', 'hgnc:5', 'HGNC5', 'HGNC:5x']) {
      expect((await get(`/genes/${id}`)).body).toMatchObject({ status: 400, near: ['HGNC:5'] });
    }
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
      ...{ status: 422, code: 'empty-dataset' },
      detail: 'no landing with a mass matches the filter',
    });
  });
});

describe('whatever is asked', () => {
  it.each([
    ['/genes?limit=x', 'limit', 'must be a whole number'],
    ['/mars/sites?count=x', 'count', 'must be a whole number'],
    [
      '/mars/sites?minLatitude=50&maxLatitude=3',
      'minLatitude',
      'must not be above maxLatitude (3)',
    ],
    ['/water?threshold=abc', 'threshold', 'must be a number'],
    ['/iss/epochs?offset=-1', 'offset', 'must not be less than 0'],
    ['/articles/entities?top=x', 'top', 'must be a whole number'],
    ['/data?search=', 'search', 'must not be empty'],
    [
      '/iss/now?at=2023-02-30T00:00:00Z',
      'at',
      'must be a time such as 2023-02-25T20:08:37Z or 2023-056T20:08:37Z',
    ],
  ])('%s is 400, and %s %s', async (path, field, message) => {
    const { body } = await get<ProblemBody>(path);
    expect([body.status, body.errors]).toEqual([400, [{ field, message }]]);
  });

  it.each([
    ['degrees', '[{"id":1,"year":"x","degrees":5}]', '"x" is no integer (record 1)'],
    ['degrees', '{bad', 'the JSON document is damaged'],
    ['genes', 'a,b\n1,2\n', 'needs the columns hgnc_id, symbol'],
    ['water', '{"turbidity_data":[{"datetime":"noon"}]}', '"noon" is no timestamp (record 1)'],
    ['meteorites', 'name,id\nA,first\n', '"first" is no integer (line 2)'],
    ['iss', '<oem><body></oem>', 'the XML is damaged at line 1, column 18'],
    ['iss', 'CCSDS_OEM_VERS = 2.0\n', 'holds no state vector'],
  ])(
    'a damaged file of %s is 422 and says where, and the old data stay',
    async (name, file, why) => {
      const about = async () => (await get(`/datasets/${name}`)).body;
      const before = { ...(await about()), requestId: undefined };
      expect((await put(name, file)).body).toMatchObject({
        ...{ status: 422, code: 'unreadable-file' },
        detail: expect.stringContaining(why) as unknown,
      });
      expect({ ...(await about()), requestId: undefined }).toEqual(before);
    },
  );

  it('has answers when all records were deleted', async () => {
    for (const name of ['degrees', 'genes', 'meteorites']) {
      await http(`${api.url}/datasets/${name}/records?all=true`, { method: 'DELETE' });
    }
    expect((await get('/degrees')).body).toEqual([]);
    expect((await get('/degrees/2/degrees')).body).toMatchObject({ code: 'unknown-record' });
    expect((await get('/genes')).body).toEqual([]);
    expect((await get('/genes/HGNC:5')).body).toMatchObject({ code: 'unknown-record' });
    expect((await get('/meteorites/summary')).body).toMatchObject({
      code: 'empty-dataset',
      detail: expect.stringContaining('PUT /datasets/meteorites loads a file') as unknown,
    });
  });
});

const OEM = `CCSDS_OEM_VERS = 2.0
CREATION_DATE  = 2023-04-26T22:17:13.227
ORIGINATOR     = NASA/JSC/FOD/TOPO

META_START
OBJECT_NAME = ISS
REF_FRAME   = EME2000
META_STOP

COMMENT MASS=447206.20
COMMENT
2023-02-25T20:08:00.000 -4760.82089332574 -1965.70534547737 4421.03162276408 5.05412111563143 -4.69206259844493 3.35034817698289
2023-02-25T20:12:00.000 -3381.7 -2966.4 5040.6 6.25 -3.55 1.75
`;

describe('iss', () => {
  const EPOCH = '/iss/epochs/2023-02-25T20:08:00.000';

  it('is read from an orbit file as text', async () => {
    const loaded = await put('iss', OEM);
    expect(loaded.body).toMatchObject({
      rows: 2,
      key: 'EPOCH',
      time: 'time',
      report: { format: 'oem' },
    });
    expect((await get('/iss/epochs')).body).toEqual([
      '2023-02-25T20:08:00.000',
      '2023-02-25T20:12:00.000',
    ]);
    expect((await get('/iss/epochs?limit=20&offset=1')).body).toEqual(['2023-02-25T20:12:00.000']);
    expect((await get('/iss/header')).body).toEqual({
      CCSDS_OEM_VERS: '2.0',
      CREATION_DATE: '2023-04-26T22:17:13.227',
      ORIGINATOR: 'NASA/JSC/FOD/TOPO',
    });
    expect((await get('/iss/metadata')).body).toEqual({ OBJECT_NAME: 'ISS', REF_FRAME: 'EME2000' });
    expect((await get('/iss/comment')).body).toEqual(['MASS=447206.20', '']);
    expect((await get<{ stateVectors: object[] }>('/iss')).body.stateVectors).toHaveLength(2);
  });

  it('has place and speed as columns, which can be filtered and drawn', async () => {
    const { body } = await get('/datasets/iss/records/2023-02-25T20:08:00.000');
    expect(body).toMatchObject({
      longitude: about(105.26084414337845, 5),
      speed: about(7.6671001419187075, 12),
    });
    expect((await get('/datasets/iss')).body).toMatchObject({
      position: { latitude: 'latitude', longitude: 'longitude' },
    });
    const track = { analysis: 'map', dataset: 'iss', params: { color: 'altitude' } };
    expect((await http(`${api.url}/jobs`, { method: 'POST', body: track })).status).toBe(202);
  });

  it('tells state, speed and place of an epoch', async () => {
    expect((await get(EPOCH)).body).toMatchObject({
      X: -4760.82089332574,
      Z_DOT: 3.35034817698289,
    });
    expect((await get(`${EPOCH}/speed`)).body).toEqual({
      value: about(7.6671001419187075, 12),
      units: 'km/s',
    });
    expect((await get(`${EPOCH}/location`)).body).toMatchObject({
      longitude: about(105.26084414337845, 5),
      geo: { country: "People's Republic of China", code: 'CN' },
      spherical: {
        latitude: about(40.64084133393722, 9),
        altitude: { value: about(416.8431503828533, 8), units: 'km' },
      },
    });
  });

  it('finds the nearest epoch and what lies between two', async () => {
    const { body } = await get('/iss/now?at=2023-02-25T20:08:37.382Z');
    expect(body).toMatchObject({
      closest_epoch: '2023-02-25T20:08:00.000',
      seconds_from_now: about(-37.382, 6),
      interpolated: { error: { units: 'km' } },
    });
    expect((await get('/iss/now?at=2023-056T20:08:37.382Z')).body).toEqual(body);
    expect((await get('/iss/now')).body).toMatchObject({
      closest_epoch: '2023-02-25T20:12:00.000',
      interpolated: null,
    });
  });

  it('refuses what it cannot tell', async () => {
    const other = await get<ProblemBody>('/iss/epochs/today');
    expect(other.body.detail).toMatch(/the epochs go from 2023-.* to 2023-.*: GET \/iss\/epochs/);
    const missing = await get<ProblemBody>('/iss/epochs/2023-02-25T20:08:00.001/speed');
    expect(missing.body).toMatchObject({
      status: 404,
      near: expect.arrayContaining(['2023-02-25T20:08:00.000']) as unknown,
    });
    const byDay = await get<ProblemBody>('/iss/epochs/2023-056T20:08:00.000Z/location');
    expect([byDay.status, byDay.body.near]).toEqual([404, ['2023-02-25T20:08:00.000']]);
    const between = await get<ProblemBody>('/iss/epochs/2023-02-25T20:09:00.000');
    expect(between.body.detail).toBe(
      'there is no epoch "2023-02-25T20:09:00.000"; did you mean 2023-02-25T20:08:00.000 or 2023-02-25T20:12:00.000?',
    );
    expect((await get('/iss/now?at=yesterday')).body).toMatchObject({
      status: 400,
      errors: [{ field: 'at' }],
    });
    expect((await get('/iss/epochs?limit=x')).status).toBe(400);
    const damaged = await put('iss', OEM.replace('-4760.8', '-47x60.8'));
    expect(damaged.body).toMatchObject({
      status: 422,
      detail: expect.stringMatching(/line 12: X of the epoch/) as unknown,
    });
    expect((await get('/iss/epochs')).body).toHaveLength(2);
  });

  it('is loaded anew from a body, at once', async () => {
    const loaded = await http(`${api.url}/iss/post-data`, { method: 'POST', body: OEM });
    expect(loaded).toMatchObject({ status: 200, body: { rows: 2, report: { format: 'oem' } } });
    const other = await http(`${api.url}/iss/post-data`, { method: 'POST', body: 'a,b\n1,2\n' });
    expect(other.body).toMatchObject({
      status: 422,
      detail: expect.stringMatching(/needs the columns EPOCH, time, X/) as unknown,
    });
    expect((await get('/iss/epochs')).body).toHaveLength(2);
  });

  it('can be emptied, and says so afterwards', async () => {
    expect((await http(`${api.url}/iss/delete-data`, { method: 'DELETE' })).status).toBe(204);
    for (const path of ['/iss', '/iss/epochs', '/iss/now', '/iss/header', EPOCH]) {
      expect((await get(path)).body).toMatchObject({ status: 404, code: 'unknown-dataset' });
    }
  });
});
