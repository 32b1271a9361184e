import { gunzipSync } from 'node:zlib';

import { describe, expect, it } from '@jest/globals';

import { http, type ProblemBody } from '../../support/http.js';
import { sharedFile } from '../../support/shared-data.js';
import { figuresOf } from './figures.js';
import { about, close, type Service } from './service.js';

interface Page {
  readonly first: string;
  readonly last: string;
  readonly count: number;
}

interface Orbit {
  readonly epochs: number;
  readonly first_epoch: string;
  readonly last_epoch: string;
  readonly header: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly comment_lines: number;
  readonly comment_values: Readonly<Record<string, string>>;
  readonly usual_step_s: number;
  readonly usual_step_count: number;
  readonly ascending_nodes_printed: readonly {
    readonly epoch: string;
    readonly orbit: number;
    readonly lan_deg: number;
  }[];
  readonly page_limit_20_offset_50: Page;
  readonly page_offset_beyond_end_count: number;
  readonly page_last_limit_10: { offset: number; limit: number; count: number; first: string };
  readonly at: readonly Readonly<Record<string, number | string>>[];
  readonly nearest?: readonly {
    readonly now: string;
    readonly closest_epoch: string;
    readonly seconds_from_now: number;
  }[];
}

interface Damaged {
  readonly well_formed: boolean;
  readonly parser_says: string;
  readonly state_vectors_if_repaired: number;
}

interface Expected {
  readonly printed_sample: {
    readonly file: string;
    readonly epoch: string;
    readonly speed_km_s: number;
    readonly latitude_geocentric_j2000_deg: number;
    readonly altitude_km: number;
    readonly longitude_printed_in_the_exercise_deg: number;
    readonly place_printed: string;
  };
  /** Absent where the reference data are. */
  readonly files?: Readonly<Record<string, Orbit & Damaged>>;
}

interface Place {
  readonly latitude: number;
  readonly longitude: number;
  readonly geo: { readonly country: string } | null;
}

const DAMAGED = 'oem_2023_048_damaged.xml.gz';
/** The mean radius of the Earth that the figures name, km. */
const SPHERE_KM = 6371.00877;

export function station(service: Service): void {
  describe('the space station', () => {
    const { expected, allCompared } = figuresOf<Expected>('iss');
    const orbitOf = (file: string): Orbit & Damaged => {
      const found = expected.files?.[file];
      if (found === undefined) throw new Error(file);
      return found;
    };

    describe.each(Object.keys(expected.files ?? {}).filter((file) => file !== DAMAGED))(
      '%s',
      (file) => {
        theOrbit(service, file, () => orbitOf(file));
      },
    );

    it('is where the sample answer of the exercise says, but for its longitude', async () => {
      const sample = expected.printed_sample;
      await service.load('iss', `iss/${sample.file}`);
      const epoch = `/iss/epochs/${sample.epoch}`;
      expect(await service.get(`${epoch}/speed`)).toMatchObject({
        value: about(sample.speed_km_s, 12),
      });
      const place = await service.get<Place>(`${epoch}/location`);
      expect(place).toMatchObject({
        spherical: {
          latitude: about(sample.latitude_geocentric_j2000_deg, 9),
          altitude: { value: about(sample.altitude_km, 9) },
        },
      });
      const off = sample.longitude_printed_in_the_exercise_deg - place.longitude;
      expect(off).toBeCloseTo(0.304, 3);
      const country = sample.place_printed.split(', ').at(-1) ?? '?';
      expect(place.geo?.country).toContain(country);
    });

    it('is refused from the damaged file with its line, and the old data stay', async () => {
      const { well_formed, parser_says, state_vectors_if_repaired } = orbitOf(DAMAGED);
      const before = await service.get('/iss/epochs');
      const bytes = sharedFile(`iss/${DAMAGED}`);
      const { status, body } = await http<ProblemBody>(`${service.url}/datasets/iss`, {
        method: 'PUT',
        body: bytes,
      });
      expect([status < 300, body.status, body.code]).toEqual([well_formed, 422, 'unreadable-file']);
      const [, line = ''] = /line (\d+), column \d+/.exec(parser_says) ?? [];
      expect(body.detail).toMatch(new RegExp(`line ${line}, column \\d+`));
      expect(await service.get('/iss/epochs')).toEqual(before);
      const repaired = gunzipSync(bytes).toString('utf8').replace('mCENTER_NAME>', '<CENTER_NAME>');
      expect((await service.put('iss', repaired)).body['rows']).toBe(state_vectors_if_repaired);
    });

    const step = 'a step on the way to longitude_deg, which is compared';
    allCompared({
      method: 'says how the figures were made',
      'printed_sample > note': 'says why the longitude differs',
      'files > * > at > * > gmst82_deg': step,
      'files > * > at > * > era_deg': step,
      'files > * > at > * > longitude_gmst_no_precession_deg': 'the known fault of other programs',
      'files > * > at > * > longitude_era_deg': 'another method',
      'files > * > at > * > latitude_geocentric_deg': step,
      [`files > ${DAMAGED} > defect`]: 'says what is wrong',
      [`files > ${DAMAGED} > must`]: 'says what shall happen',
    });
  });
}

/** All that the reference says of one orbit file. */
function theOrbit(service: Service, file: string, orbit: () => Orbit): void {
  const epochs = (query = ''): Promise<string[]> => service.get(`/iss/epochs${query}`);

  it('says what it holds', async () => {
    const loaded = await service.load('iss', `iss/${file}`);
    expect([loaded.report.format, loaded.rows]).toEqual(['oem', orbit().epochs]);
    expect(await service.get('/iss/header')).toEqual(orbit().header);
    expect(await service.get('/iss/metadata')).toMatchObject(orbit().metadata);
    const comment = await service.get<readonly string[]>('/iss/comment');
    expect(comment).toHaveLength(orbit().comment_lines);
    const values = Object.entries(orbit().comment_values);
    expect(comment).toEqual(expect.arrayContaining(values.map((pair) => pair.join('='))));
  });

  it('is read as the table of its tags under another name', async () => {
    if (file.endsWith('.txt.gz')) return;
    const body = await service.load('station', `iss/${file}`);
    expect([body.report.format, body.rows, body.key]).toEqual(['xml', orbit().epochs, 'EPOCH']);
    expect(body.columns.map(({ name, unit }) => [name, unit])).toEqual([
      ['EPOCH', undefined],
      ...['X', 'Y', 'Z'].map((name) => [name, 'km']),
      ...['X_DOT', 'Y_DOT', 'Z_DOT'].map((name) => [name, 'km/s']),
    ]);
  });

  it('lists its epochs, page by page', async () => {
    const all = await epochs();
    expect([all.length, all[0], all.at(-1)]).toEqual([
      orbit().epochs,
      orbit().first_epoch,
      orbit().last_epoch,
    ]);
    const page = await epochs('?limit=20&offset=50');
    const { first, last, count } = orbit().page_limit_20_offset_50;
    expect([page[0], page.at(-1), page.length]).toEqual([first, last, count]);
    expect(await epochs(`?offset=${String(all.length)}`)).toHaveLength(
      orbit().page_offset_beyond_end_count,
    );
    const end = orbit().page_last_limit_10;
    const tail = await epochs(`?limit=${String(end.limit)}&offset=${String(end.offset)}`);
    expect([tail[0], tail.length]).toEqual([end.first, end.count]);
  });

  it('has its usual step', async () => {
    const { records } = await service.page('iss', 'fields=time&sort=time&limit=10000');
    const times = records.map(({ time }) => Date.parse(String(time)) / 1000);
    const steps = times.slice(1).map((time, index) => time - (times[index] ?? NaN));
    expect(steps.filter((step) => step === orbit().usual_step_s)).toHaveLength(
      orbit().usual_step_count,
    );
  });

  it('has state, speed and place of epochs', async () => {
    for (const at of orbit().at) {
      const epoch = `/iss/epochs/${String(at['epoch'])}`;
      const number = (name: string): number => Number(at[name]);
      expect(await service.get(epoch)).toMatchObject({
        ...{ X: number('x_km'), Y: number('y_km'), Z: number('z_km') },
        ...{ X_DOT: number('x_dot_km_s'), Y_DOT: number('y_dot_km_s') },
        Z_DOT: number('z_dot_km_s'),
      });
      expect(await service.get(`${epoch}/speed`)).toMatchObject({
        value: about(number('speed_km_s'), 9),
      });
      const place = await service.get<{ spherical: { altitude: { value: number } } }>(
        `${epoch}/location`,
      );
      expect(place).toMatchObject({
        latitude: about(number('latitude_geodetic_deg'), 5),
        longitude: about(number('longitude_deg'), 5),
        altitude: { value: about(number('altitude_wgs84_km'), 4) },
        spherical: {
          latitude: about(number('latitude_geocentric_j2000_deg'), 6),
          altitude: { value: about(number('altitude_sphere_6371_00877_km'), 6) },
        },
      });
      close(place.spherical.altitude.value + SPHERE_KM, number('radius_km'));
    }
  });

  it('crosses the equator where NASA prints it', async () => {
    const comment = (await service.get<readonly string[]>('/iss/comment')).join('\n');
    for (const { epoch, orbit: number, lan_deg } of orbit().ascending_nodes_printed) {
      expect(comment).toContain(`EPOCH = ${epoch} $ ORBIT = ${String(number)} $`);
      const { interpolated } = await service.get<{ interpolated: { location: Place } }>(
        `/iss/now?at=${epoch}Z`,
      );
      expect(interpolated.location.longitude).toBeCloseTo(lan_deg, 3);
      expect(interpolated.location.latitude).toBeCloseTo(0, 2);
    }
  });

  it('finds the nearest epoch', async () => {
    for (const { now, closest_epoch, seconds_from_now } of orbit().nearest ?? []) {
      expect(await service.get(`/iss/now?at=${now}`)).toMatchObject({
        closest_epoch,
        seconds_from_now: about(seconds_from_now, 6),
      });
    }
  });
}
