import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { http, type PageBody } from '../support/http.js';
import { AlmanacProcess } from '../support/processes.js';
import { hasSharedData, sharedFile, sharedJson } from '../support/shared-data.js';

/** Every reference file is loaded as it was published, and its independent figures come out of the API. */
type Counts = Readonly<Record<string, number>>;
type Row = Readonly<Record<string, unknown>>;

interface Body {
  readonly rows: number;
  readonly key: string;
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly unit?: string;
  }[];
  readonly report: { readonly format: string; readonly refused: number };
}

let api: AlmanacProcess;

async function load(name: string, file: string, query = ''): Promise<Body> {
  const answer = await http<Body>(`${api.url}/datasets/${name}${query}`, {
    method: 'PUT',
    body: sharedFile(file),
    headers: { 'content-type': 'application/octet-stream' },
  });
  if (answer.status > 201) throw new Error(JSON.stringify(answer.body));
  expect(answer.body.report.refused).toBe(0);
  return answer.body;
}

const path = (name: string, route: string, query: string): string =>
  `${api.url}/datasets/${name}/${route}?${query.replaceAll(' ', '%20')}`;

async function page(name: string, query: string): Promise<PageBody> {
  return (await http<PageBody>(path(name, 'records', query))).body;
}

async function aggregate(name: string, query: string): Promise<readonly Row[]> {
  return (await http<PageBody>(path(name, 'aggregate', query))).body.records;
}

async function counts(name: string, column: string, query = 'limit=1000'): Promise<Counts> {
  const rows = await aggregate(name, `group=${column}&${query}`);
  return Object.fromEntries(rows.map((row) => [String(row[column]), Number(row['count'])]));
}

/** Numbers that agree to twelve digits: sums of doubles depend on their order. */
function close(actual: unknown, expected: number): void {
  const scale = Math.max(Math.abs(expected), 1e-9);
  expect(Math.abs(Number(actual) - expected) / scale).toBeLessThan(1e-12);
}

const hemispheres = async (name: string): Promise<Counts> => {
  const [north, south] = ['reclat__gt=0', 'reclat__lte=0'];
  const [east, west] = ['reclong__gt=0', 'reclong__lte=0'];
  const quarters = {
    'Northern & Eastern': `${north}&${east}`,
    'Northern & Western': `${north}&${west}`,
    'Southern & Eastern': `${south}&${east}`,
    'Southern & Western': `${south}&${west}`,
  };
  const found: Record<string, number> = {};
  for (const [quarter, filter] of Object.entries(quarters)) {
    const { total } = await page(name, `limit=0&${filter}`);
    if (total !== null && total > 0) found[quarter] = total;
  }
  return found;
};

const hemisphereOf = ({ reclat, reclong }: Row): string =>
  `${Number(reclat) > 0 ? 'Northern' : 'Southern'} & ${Number(reclong) > 0 ? 'Eastern' : 'Western'}`;

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- each caller names what it reads
const expectedOf = <T>(folder: string): T =>
  (hasSharedData ? sharedJson(`${folder}/expected.json`) : {}) as T;

(hasSharedData ? describe : describe.skip)('the reference data', () => {
  beforeAll(async () => {
    api = await AlmanacProcess.api();
  });
  afterAll(async () => {
    await api.stop();
  });

  describe('meteorites', () => {
    interface Sample {
      readonly rows: number;
      readonly mean_mass_g: number;
      readonly total_mass_g: number;
      readonly classes: Counts;
      readonly hemispheres: Counts;
      readonly first_five_hemispheres: readonly string[];
    }
    const { full, sample_30, sample_300 } = expectedOf<{
      full: {
        nametype: Counts;
        fall: Counts;
        rows: number;
        hemispheres: Counts;
        log10_mass_histogram_1_wide: Counts;
        by_year_1998_2003: Counts;
        recclass_top20: [string, number][];
        median_mass_g: number;
        mean_mass_g: number;
        distinct_recclass: number;
      };
      sample_30: Sample;
      sample_300: Sample;
    }>('meteorites');

    it('csv of 30 rows, of which the file lacks the last', async () => {
      const body = await load('sample-csv', 'meteorites/meteorite_landings_30.csv');
      expect([body.report.format, body.rows]).toEqual(['csv', 29]);
      const [figures] = await aggregate('sample-csv', 'agg=sum(mass (g)),max(id)');
      expect(figures).toMatchObject({ 'max(id)': 10029 });
    });

    it.each([
      ['json', 30, 'mass (g)'],
      ['xml', 30, 'mass_g'],
      ['yaml', 30, 'mass (g)'],
      ['json', 300, 'mass (g)'],
    ] as const)('%s of %i rows', async (format, size, mass) => {
      const expected = size === 30 ? sample_30 : sample_300;
      const name = `sample-${format}`;
      const body = await load(name, `meteorites/meteorite_landings_${String(size)}.${format}`);
      expect([body.report.format, body.rows]).toEqual([format, expected.rows]);
      const [figures] = await aggregate(name, `agg=mean(${mass}),sum(${mass})`);
      close(figures?.[`mean(${mass})`], expected.mean_mass_g);
      close(figures?.[`sum(${mass})`], expected.total_mass_g);
      expect(await counts(name, 'recclass')).toEqual(expected.classes);
      expect(await hemispheres(name)).toEqual(expected.hemispheres);
      const { records } = await page(name, 'limit=5');
      expect(records.map(hemisphereOf)).toEqual(expected.first_five_hemispheres);
    });

    it('the full table', async () => {
      const body = await load('meteorites', 'meteorites/meteorite_landings_full.csv.gz');
      expect([body.rows, body.key]).toEqual([full.rows, 'id']);
      expect(await counts('meteorites', 'nametype')).toEqual(full.nametype);
      expect(await counts('meteorites', 'fall')).toEqual(full.fall);
      expect(await hemispheres('meteorites')).toEqual(full.hemispheres);
      const top = await aggregate('meteorites', 'group=recclass&sort=-count&limit=20');
      expect(top.map(({ recclass, count }) => [recclass, count])).toEqual(full.recclass_top20);
      const [figures] = await aggregate(
        'meteorites',
        'agg=distinct(recclass),median(mass (g)),mean(mass (g))',
      );
      expect(figures?.['distinct(recclass)']).toBe(full.distinct_recclass);
      expect(figures?.['median(mass (g))']).toBe(full.median_mass_g);
      close(figures?.['mean(mass (g))'], full.mean_mass_g);
      expect(await counts('meteorites', 'year', 'start=1998&end=2003')).toEqual(
        full.by_year_1998_2003,
      );
      for (const [power, count] of Object.entries(full.log10_mass_histogram_1_wide)) {
        const range = `mass (g)__gte=1e${power}&mass (g)__lt=1e${String(Number(power) + 1)}`;
        expect((await page('meteorites', `limit=0&${range}`)).total).toBe(count);
      }
    });
  });

  describe('genes', () => {
    const expected = expectedOf<{
      genes: number;
      column_names: string[];
      unique_hgnc_ids: number;
      locus_group: Counts;
      locus_type_top20: [string, number][];
      status: Counts;
      filled_per_column: Counts;
      'HGNC:5': Readonly<Record<string, string>>;
      first_ids: string[];
      last_ids: string[];
      approved_first_and_last: [string, string];
      approved_per_year_2015_2023: Counts;
      first_500: { genes: number; locus_group: Counts; last_id: string };
    }>('hgnc');

    it('all 43,882 with 54 columns', async () => {
      const body = await load('genes', 'hgnc/hgnc_complete_set.txt.gz');
      expect([body.rows, body.key]).toEqual([expected.genes, 'hgnc_id']);
      expect(body.columns.map(({ name }) => name)).toEqual(expected.column_names);
      const { columns } = (
        await http<{ columns: { name: string; count: number }[] }>(path('genes', 'summary', ''))
      ).body;
      expect(Object.fromEntries(columns.map(({ name, count }) => [name, count]))).toEqual(
        expected.filled_per_column,
      );
      expect(await counts('genes', 'locus_group')).toEqual(expected.locus_group);
      expect(await counts('genes', 'status')).toEqual(expected.status);
      const types = await aggregate('genes', 'group=locus_type&sort=-count,locus_type&limit=20');
      expect(types.map(({ locus_type, count }) => [locus_type, count])).toEqual(
        expected.locus_type_top20,
      );
      const [figures] = await aggregate(
        'genes',
        'agg=distinct(hgnc_id),min(date_approved_reserved),max(date_approved_reserved)',
      );
      expect(Object.values(figures ?? {})).toEqual([
        expected.unique_hgnc_ids,
        ...expected.approved_first_and_last,
      ]);
    });

    it('in the order of the file, gene by gene, year by year', async () => {
      const ids = ({ records }: PageBody): unknown[] => records.map(({ hgnc_id }) => hgnc_id);
      expect(ids(await page('genes', 'limit=5'))).toEqual(expected.first_ids);
      const last = await page('genes', `offset=${String(expected.genes - 3)}`);
      expect(ids(last)).toEqual(expected.last_ids);
      const gene = (await http(`${api.url}/datasets/genes/records/HGNC:5`)).body;
      const filled = Object.entries(gene).filter(([, value]) => value !== null);
      expect(Object.fromEntries(filled.map(([name, value]) => [name, String(value)]))).toEqual(
        expected['HGNC:5'],
      );
      const years = await aggregate(
        'genes',
        'bucket=year(date_approved_reserved)&date_approved_reserved__gte=2015-01-01&date_approved_reserved__lt=2024-01-01',
      );
      const perYear = years.map((row) => [
        String(row['year(date_approved_reserved)']).slice(0, 4),
        row['count'],
      ]);
      expect(Object.fromEntries(perYear)).toEqual(expected.approved_per_year_2015_2023);
    });

    it('the first 500', async () => {
      const { genes, locus_group, last_id } = expected.first_500;
      expect((await load('genes-500', 'hgnc/hgnc_first_500.txt')).rows).toBe(genes);
      expect(await counts('genes-500', 'locus_group')).toEqual(locus_group);
      expect((await page('genes-500', 'offset=499')).records[0]?.['hgnc_id']).toBe(last_id);
    });
  });

  it('earthquakes, from GeoJSON', async () => {
    const expected = expectedOf<{
      features: number;
      types: Counts;
      mean_magnitude: number;
      min_magnitude: number;
      max_magnitude: number;
      count_mag_ge_4_5: number;
      first_time: string;
      last_time: string;
      per_utc_day: Counts;
      magnitude_histogram: Counts;
      networks: [string, number][];
      strongest_5: [string, number, string][];
      unique_ids: number;
      record_ci37868143: { properties: Row; geometry: { coordinates: number[] }; id: string };
    }>('earthquakes');
    const query = `?dateformat=epoch_ms&schema=${encodeURIComponent('{"time": "timestamp"}')}`;
    const body = await load('quakes', 'earthquakes/usgs_all_week_2018-02-07.geojson.gz', query);
    expect([body.report.format, body.rows, body.key]).toEqual(['geojson', expected.features, 'id']);
    expect(await counts('quakes', 'type')).toEqual(expected.types);
    const [figures] = await aggregate(
      'quakes',
      'agg=mean(mag),min(mag),max(mag),count(mag),min(time),max(time),distinct(id)',
    );
    close(figures?.['mean(mag)'], expected.mean_magnitude);
    const time = (text: unknown): number => Date.parse(String(text));
    expect(figures).toMatchObject({
      'min(mag)': expected.min_magnitude,
      'max(mag)': expected.max_magnitude,
      'count(mag)': expected.features,
      'distinct(id)': expected.unique_ids,
    });
    expect(time(figures?.['min(time)'])).toBe(time(expected.first_time));
    expect(time(figures?.['max(time)'])).toBe(time(expected.last_time));
    expect((await page('quakes', 'limit=0&mag__gte=4.5')).total).toBe(expected.count_mag_ge_4_5);
    const days = await aggregate('quakes', 'bucket=day(time)');
    expect(
      Object.fromEntries(days.map((row) => [String(row['day(time)']).slice(0, 10), row['count']])),
    ).toEqual(expected.per_utc_day);
    for (const [bin, count] of Object.entries(expected.magnitude_histogram)) {
      const range = `limit=0&mag__gte=${bin}&mag__lt=${String(Number(bin) + 1)}`;
      expect((await page('quakes', range)).total).toBe(count);
    }
    const networks = await counts('quakes', 'net');
    expect(networks).toEqual(Object.fromEntries(expected.networks));
    const strongest = (await page('quakes', 'sort=-mag,id&limit=5')).records;
    const ranked = (rows: readonly unknown[][]): unknown[][] =>
      [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    expect(ranked(strongest.map(({ id, mag, place }) => [id, mag, place]))).toEqual(
      ranked(expected.strongest_5),
    );
    const { properties, geometry, id } = expected.record_ci37868143;
    const [longitude, latitude, depth] = geometry.coordinates;
    const record = (await http(`${api.url}/datasets/quakes/records/${id}`)).body;
    expect(record).toEqual({
      ...properties,
      id,
      code: record['code'],
      time: new Date(Number(properties['time'])).toISOString().replace('0Z', 'Z'),
      ...{ longitude, latitude, depth },
    });
    expect(String(record['code'])).toBe(properties['code']);
  });

  describe('climate', () => {
    const expected = expectedOf<{
      seattle: {
        rows: number;
        first_date: string;
        last_date: string;
        columns: string[];
        weather_counts: Counts;
        mean: Counts;
        total_precipitation_mm_by_year: Counts;
        hottest: [number, string];
        coldest_min: [number, string];
        'between_2013-01-01_and_2013-12-31_mean_temp_max': number;
      };
      co2: {
        rows: number;
        first: Row;
        last: Row;
        mean_2019_ppm: number;
        max_ppm: [number, string];
        min_ppm: [number, string];
      };
      global_temperature: {
        rows: number;
        first_year: number;
        last_year: number;
        mean_anomaly_c: number;
        warmest: [number, number];
      };
    }>('climate');

    it('Seattle, day by day', async () => {
      const { seattle } = expected;
      const body = await load('seattle', 'climate/seattle_daily_2012_2015.csv');
      expect([body.rows, body.key]).toEqual([seattle.rows, 'date']);
      expect(body.columns.map(({ name }) => name)).toEqual(seattle.columns);
      expect(await counts('seattle', 'weather')).toEqual(seattle.weather_counts);
      const names = Object.keys(seattle.mean);
      const agg = names.map((name) => `mean(${name})`).join(',');
      const [means] = await aggregate('seattle', `agg=${agg},min(date),max(date)`);
      for (const name of names) close(means?.[`mean(${name})`], seattle.mean[name] ?? NaN);
      expect([means?.['min(date)'], means?.['max(date)']]).toEqual([
        seattle.first_date,
        seattle.last_date,
      ]);
      const years = await aggregate('seattle', 'bucket=year(date)&agg=sum(precipitation)');
      for (const row of years) {
        const year = String(row['year(date)']).slice(0, 4);
        close(row['sum(precipitation)'], seattle.total_precipitation_mm_by_year[year] ?? NaN);
      }
      expect(years).toHaveLength(4);
      const [hottest] = (await page('seattle', 'sort=-temp_max,date&limit=1')).records;
      expect([hottest?.['temp_max'], hottest?.['date']]).toEqual(seattle.hottest);
      const [coldest] = (await page('seattle', 'sort=temp_min,date&limit=1')).records;
      expect([coldest?.['temp_min'], coldest?.['date']]).toEqual(seattle.coldest_min);
      const [year] = await aggregate(
        'seattle',
        'agg=mean(temp_max)&start=2013-01-01&end=2013-12-31',
      );
      close(year?.['mean(temp_max)'], seattle['between_2013-01-01_and_2013-12-31_mean_temp_max']);
    });

    it('carbon dioxide, month by month', async () => {
      const { co2 } = expected;
      expect((await load('co2', 'climate/co2_mauna_loa_monthly.csv')).rows).toBe(co2.rows);
      const typed = ({ Date: date, ...rest }: Row): Row => ({
        Date: date,
        ...Object.fromEntries(Object.entries(rest).map(([name, text]) => [name, Number(text)])),
      });
      expect((await page('co2', 'sort=Date&limit=1')).records[0]).toEqual(typed(co2.first));
      expect((await page('co2', 'sort=-Date&limit=1')).records[0]).toEqual(typed(co2.last));
      const [mean] = await aggregate('co2', 'agg=mean(CO2)&start=2019&end=2019');
      close(mean?.['mean(CO2)'], co2.mean_2019_ppm);
      const [most] = (await page('co2', 'sort=-CO2&limit=1')).records;
      const [least] = (await page('co2', 'sort=CO2&limit=1')).records;
      expect([most?.['CO2'], most?.['Date']]).toEqual(co2.max_ppm);
      expect([least?.['CO2'], least?.['Date']]).toEqual(co2.min_ppm);
    });

    it('the temperature of the earth, year by year', async () => {
      const { global_temperature: expectedOnes } = expected;
      const body = await load('anomaly', 'climate/global_temperature_anomaly.csv');
      expect(body.rows).toBe(expectedOnes.rows);
      const [figures] = await aggregate('anomaly', 'agg=min(year),max(year),mean(temp)');
      expect([figures?.['min(year)'], figures?.['max(year)']]).toEqual([
        expectedOnes.first_year,
        expectedOnes.last_year,
      ]);
      close(figures?.['mean(temp)'], expectedOnes.mean_anomaly_c);
      const [warmest] = (await page('anomaly', 'sort=-temp&limit=1')).records;
      expect([warmest?.['temp'], warmest?.['year']]).toEqual(expectedOnes.warmest);
    });
  });

  it('airfoil noise, a header with blanks over rows with tabulators', async () => {
    const expected = expectedOf<{
      rows: number;
      header: string[];
      meaning: string[];
      mean: Counts;
      min: Counts;
      max: Counts;
      rows_per_chord: Counts;
      rows_per_velocity: Counts;
      first_row: number[];
      last_row: number[];
    }>('airfoil');
    const body = await load('airfoil', 'airfoil/airfoil_self_noise.dat');
    expect(body.rows).toBe(expected.rows);
    expect(body.columns.filter(({ name }) => name !== '_row').map(({ name }) => name)).toEqual(
      expected.header,
    );
    const kinds = ['mean', 'min', 'max'] as const;
    const agg = expected.header.flatMap((name) => kinds.map((kind) => `${kind}(${name})`));
    const [figures] = await aggregate('airfoil', `agg=${agg.join(',')}`);
    expected.header.forEach((name, index) => {
      for (const kind of kinds) {
        close(figures?.[`${kind}(${name})`], expected[kind][expected.meaning[index] ?? ''] ?? NaN);
      }
    });
    expect(await counts('airfoil', 'Chord')).toEqual(expected.rows_per_chord);
    expect(await counts('airfoil', 'Velocity')).toEqual(expected.rows_per_velocity);
    const values = ({ records: [row = {}] }: PageBody): unknown[] =>
      expected.header.map((name) => row[name]);
    expect(values(await page('airfoil', 'limit=1'))).toEqual(expected.first_row);
    expect(values(await page('airfoil', 'offset=1502'))).toEqual(expected.last_row);
  });

  it.each(['turbidity_2023-02-16.json', 'turbidity_below_threshold.json'])('%s', async (file) => {
    const { files } = expectedOf<{
      files: Readonly<
        Record<
          string,
          {
            rows: number;
            first_datetime: string;
            last_datetime: string;
            keys: string[];
            last_five_turbidity_ntu: number[];
            analysts: Counts;
          }
        >
      >;
    }>('turbidity');
    const expected = files[file];
    const name = file.slice(0, -5);
    const body = await load(name, `turbidity/${file}`);
    expect(body.rows).toBe(expected?.rows);
    expect(
      body.columns
        .filter(({ name: column }) => column !== '_row')
        .map(({ name: column }) => column),
    ).toEqual(expected?.keys);
    const [first] = (await page(name, 'limit=1')).records;
    const five = (await page(name, `offset=${String(body.rows - 5)}`)).records;
    const instant = (text = ''): string => `${text.replace(' ', 'T')}:00Z`;
    expect([first?.['datetime'], five[4]?.['datetime']]).toEqual([
      instant(expected?.first_datetime),
      instant(expected?.last_datetime),
    ]);
    five.forEach((row, index) => {
      const turbidity = Number(row['calibration_constant']) * Number(row['detector_current']);
      close(turbidity, expected?.last_five_turbidity_ntu[index] ?? NaN);
    });
    expect(await counts(name, 'analyzed_by')).toEqual(expected?.analysts);
  });

  it('articles, with texts of many pages', async () => {
    const expected = expectedOf<{
      documents: number;
      fields: string[];
      first: string;
      last: string;
      years: number[];
      characters: number;
      authors: number;
      words_split_on_white_space: number;
      case_sensitive_substring_counts: Readonly<
        Record<string, { documents: number; occurrences: number }>
      >;
    }>('articles');
    const body = await load('addresses', 'articles/state_of_the_union.jsonl.gz');
    expect([body.rows, body.key, body.report.format]).toEqual([expected.documents, 'id', 'ndjson']);
    expect(body.columns.map(({ name }) => name)).toEqual(expected.fields);
    const { records } = await page('addresses', 'limit=1000');
    expect([records[0]?.['id'], records.at(-1)?.['id']]).toEqual([expected.first, expected.last]);
    expect(records.map(({ year }) => year)).toEqual(expected.years);
    const texts = records.map(({ text }) => String(text));
    expect(texts.reduce((sum, text) => sum + Array.from(text).length, 0)).toBe(expected.characters);
    const words = texts.flatMap((text) => text.split(/\s+/).filter((word) => word !== ''));
    expect(words).toHaveLength(expected.words_split_on_white_space);
    const [authors] = await aggregate('addresses', 'agg=distinct(author)');
    expect(authors?.['distinct(author)']).toBe(expected.authors);
    for (const [words_, count] of Object.entries(expected.case_sensitive_substring_counts)) {
      const found = await page('addresses', `limit=0&text__contains=${words_}`);
      expect(found.total).toBe(count.documents);
      const occurrences = texts.reduce((sum, text) => sum + text.split(words_).length - 1, 0);
      expect(occurrences).toBe(count.occurrences);
    }
  });

  it('sites on Mars', async () => {
    const { sites } = sharedJson('mars_trip/sites.json') as { sites: Row[] };
    const body = await load('mars', 'mars_trip/sites.json');
    expect([body.rows, body.key]).toEqual([5, 'site_id']);
    expect((await page('mars', 'limit=10')).records).toEqual(sites);
  });

  it.each(['oem_2022_042.xml.gz', 'oem_2023_053.xml.gz', 'oem_2025_057.xml.gz'])(
    'the space station: %s',
    async (file) => {
      const { files } = expectedOf<{
        files: Readonly<
          Record<
            string,
            {
              epochs: number;
              first_epoch: string;
              last_epoch: string;
              at: { epoch: string; x_km: number; z_dot_km_s: number }[];
            }
          >
        >;
      }>('iss');
      const expected = files[file];
      const body = await load('station', `iss/${file}`);
      expect([body.report.format, body.rows, body.key]).toEqual(['xml', expected?.epochs, 'EPOCH']);
      expect(body.columns.map(({ name, unit }) => [name, unit])).toEqual([
        ['EPOCH', undefined],
        ...['X', 'Y', 'Z'].map((name) => [name, 'km']),
        ...['X_DOT', 'Y_DOT', 'Z_DOT'].map((name) => [name, 'km/s']),
      ]);
      const [first] = (await page('station', 'limit=1')).records;
      const [last] = (await page('station', `offset=${String(body.rows - 1)}`)).records;
      expect([first?.['EPOCH'], last?.['EPOCH']]).toEqual([
        expected?.first_epoch,
        expected?.last_epoch,
      ]);
      for (const { epoch, x_km, z_dot_km_s } of expected?.at ?? []) {
        const { body: vector } = await http(`${api.url}/datasets/station/records/${epoch}`);
        expect([vector['X'], vector['Z_DOT']]).toEqual([x_km, z_dot_km_s]);
      }
    },
  );

  it('refuses the damaged file of the space station with line and column, and keeps the old data', async () => {
    const before = (await page('station', 'limit=0')).total;
    const answer = await http(`${api.url}/datasets/station`, {
      method: 'PUT',
      body: sharedFile('iss/oem_2023_048_damaged.xml.gz'),
    });
    expect([answer.status, answer.body['code']]).toEqual([422, 'unreadable-file']);
    expect(answer.body['detail']).toMatch(/line 13, column \d+/);
    expect((await page('station', 'limit=0')).total).toBe(before);
  });
});
