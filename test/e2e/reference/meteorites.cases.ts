import { beforeAll, describe, expect, it } from '@jest/globals';

import { figuresOf } from './figures.js';
import { close, type Counts, type Loaded, type Row, type Service } from './service.js';

interface Sample {
  readonly rows: number;
  readonly mean_mass_g: number;
  readonly total_mass_g: number;
  readonly classes: Counts;
  readonly hemispheres: Counts;
  readonly first_five_hemispheres: readonly string[];
}

interface Expected {
  readonly full: {
    readonly rows: number;
    readonly columns: readonly string[];
    readonly non_blank: Counts;
    readonly distinct_recclass: number;
    readonly recclass_top20: readonly (readonly [string, number])[];
    readonly mean_mass_g: number;
    readonly median_mass_g: number;
    readonly min_mass_g: number;
    readonly max_mass_g: number;
    readonly max_mass_name: string;
    readonly zero_mass_rows: number;
    readonly hemispheres: Counts;
    readonly zero_zero_positions: number;
    readonly fall: Counts;
    readonly nametype: Counts;
    readonly year_min: number;
    readonly year_max: number;
    readonly record_id_1: Readonly<Record<string, string>>;
    readonly by_year_1998_2003: Counts;
    readonly log10_mass_histogram_1_wide: Counts;
  };
  readonly sample_30: Sample;
  readonly sample_300: Sample;
}

interface Summary {
  readonly columns: readonly {
    readonly name: string;
    readonly count: number;
    readonly distinct: number;
    readonly min?: number;
    readonly max?: number;
    readonly mean?: number;
    readonly quartiles?: readonly number[];
    readonly top: readonly { readonly value: string; readonly count: number }[];
  }[];
}

const hemisphereOf = ({ reclat, reclong }: Row): string =>
  `${Number(reclat) > 0 ? 'Northern' : 'Southern'} & ${Number(reclong) > 0 ? 'Eastern' : 'Western'}`;

export function meteorites(service: Service): void {
  describe('meteorites', () => {
    const { expected, allCompared } = figuresOf<Expected>('meteorites');

    it('csv of 30 rows, of which the file lacks the last', async () => {
      const body = await service.load('sample-csv', 'meteorites/meteorite_landings_30.csv');
      expect([body.report.format, body.rows]).toEqual(['csv', 29]);
      const [figures] = await service.aggregate('sample-csv', 'agg=max(id)');
      expect(figures).toMatchObject({ 'max(id)': 10029 });
    });

    it.each([
      ['json', 30, 'mass (g)'],
      ['xml', 30, 'mass_g'],
      ['yaml', 30, 'mass (g)'],
      ['json', 300, 'mass (g)'],
    ] as const)('%s of %i rows', async (format, size, mass) => {
      const sample = size === 30 ? expected.sample_30 : expected.sample_300;
      const name = `sample-${format}`;
      const file = `meteorites/meteorite_landings_${String(size)}.${format}`;
      const body = await service.load(name, file);
      expect([body.report.format, body.rows]).toEqual([format, sample.rows]);
      const [figures] = await service.aggregate(name, `agg=mean(${mass}),sum(${mass})`);
      close(figures?.[`mean(${mass})`], sample.mean_mass_g);
      close(figures?.[`sum(${mass})`], sample.total_mass_g);
      expect(await service.counts(name, 'recclass')).toEqual(sample.classes);
      const { records } = await service.page(name, 'limit=5');
      expect(records.map(hemisphereOf)).toEqual(sample.first_five_hemispheres);
      await service.load('meteorites', file);
      const { classes, hemispheres } = await service.get<Sample>('/meteorites/summary');
      expect([classes, hemispheres]).toEqual([sample.classes, sample.hemispheres]);
    });

    describe('in the full table', () => {
      fullTable(service, expected);
    });
    allCompared({
      rules: 'says how the figures were made',
      sample_30_same_in_four_formats: 'says how the files are written',
    });
  });
}

function fullTable(service: Service, { full }: Expected): void {
  let body: Loaded;
  let summary: Summary;
  const column = (name: string): Summary['columns'][number] => {
    const found = summary.columns.find((one) => one.name === name);
    if (found === undefined) throw new Error(`no column ${name}`);
    return found;
  };
  const total = (query: string): Promise<number | null> => service.total('meteorites', query);

  beforeAll(async () => {
    body = await service.load('meteorites', 'meteorites/meteorite_landings_full.csv.gz');
    summary = await service.get('/datasets/meteorites/summary');
  });

  it('are rows, blanks and classes', async () => {
    expect([body.rows, body.key]).toEqual([full.rows, 'id']);
    expect(body.columns.map(({ name }) => name)).toEqual(full.columns);
    const filled = Object.fromEntries(summary.columns.map(({ name, count }) => [name, count]));
    expect(filled).toEqual(full.non_blank);
    expect(column('recclass').distinct).toBe(full.distinct_recclass);
    expect(column('recclass').top.map(({ value, count }) => [value, count])).toEqual(
      full.recclass_top20.slice(0, 10),
    );
    expect(await service.counts('meteorites', 'nametype')).toEqual(full.nametype);
    expect(await service.counts('meteorites', 'fall')).toEqual(full.fall);
  });

  it('are masses and years', async () => {
    const mass = column('mass (g)');
    close(mass.mean, full.mean_mass_g);
    expect(mass.quartiles?.[1]).toBe(full.median_mass_g);
    expect([mass.min, mass.max]).toEqual([full.min_mass_g, full.max_mass_g]);
    expect([column('year').min, column('year').max]).toEqual([full.year_min, full.year_max]);
    expect(await total('mass (g)=0')).toBe(full.zero_mass_rows);
    const { records } = await service.page('meteorites', 'sort=-mass (g)&limit=1');
    expect(records[0]?.['name']).toBe(full.max_mass_name);
    expect(await service.counts('meteorites', 'year', 'start=1998&end=2003')).toEqual(
      full.by_year_1998_2003,
    );
    const bins = Object.entries(full.log10_mass_histogram_1_wide);
    for (const [power, count] of bins) {
      const range = `mass (g)__gte=1e${power}&mass (g)__lt=1e${String(Number(power) + 1)}`;
      expect(await total(range)).toBe(count);
    }
    const counted = bins.reduce((sum, [, count]) => sum + count, full.zero_mass_rows);
    expect(counted).toBe(full.non_blank['mass (g)']);
  });

  it('are places', async () => {
    expect(await total('reclat=0&reclong=0')).toBe(full.zero_zero_positions);
    const { mean_mass, hemispheres } = await service.get<{
      mean_mass: number;
      hemispheres: Counts;
    }>('/meteorites/summary');
    close(mean_mass, full.mean_mass_g);
    expect(hemispheres).toEqual(full.hemispheres);
  });

  it('is record 1, with typed values', async () => {
    const text = full.record_id_1;
    const numbers = ['id', 'mass (g)', 'year', 'reclat', 'reclong'];
    const typed = Object.entries(text).map(([name, value]) => [
      name,
      numbers.includes(name) ? Number(value) : value,
    ]);
    expect(await service.get('/datasets/meteorites/records/1')).toEqual(Object.fromEntries(typed));
    expect(await service.get('/meteorites/1')).toEqual(Object.fromEntries(typed));
  });

  it('are the most frequent classes, counted by a job', async () => {
    const params = { column: 'recclass', top: 20 };
    const rows = await service.table({ analysis: 'value-counts', dataset: 'meteorites', params });
    expect(rows.map(({ value, count }) => [value, count])).toEqual(full.recclass_top20);
  });

  it('are the figures of each column, of texts too, described by a job', async () => {
    const rows = await service.table({ analysis: 'describe', dataset: 'meteorites' });
    const figures = (name: string) =>
      Object.fromEntries(rows.map((row) => [String(row['column']), row[name]]));
    expect(figures('count')).toEqual(full.non_blank);
    const missing = Object.entries(full.non_blank).map(([name, filled]) => [
      name,
      full.rows - filled,
    ]);
    expect(figures('missing')).toEqual(Object.fromEntries(missing));
    expect(figures('distinct')).toMatchObject({ id: full.rows, recclass: full.distinct_recclass });
    const [[most, times] = []] = full.recclass_top20;
    expect([figures('top')['recclass'], figures('top_count')['recclass']]).toEqual([most, times]);
    close(figures('mean')['mass (g)'], full.mean_mass_g);
  });

  it.each([
    ['map', { color: 'mass (g)', colorScale: 'log' }],
    ['histogram', { column: 'year' }],
  ])('is a picture, drawn by a job: %s', async (analysis, params) => {
    const png = await service.result({ analysis, dataset: 'meteorites', params }, 'plot.png');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1920, 1080]);
  });
}
