import { afterEach, describe, expect, it } from '@jest/globals';

import { datasetReader, type FakeDatasetReader } from '../../../test/factories/dataset-reader.js';
import { hasSharedData, sharedFile, sharedJson } from '../../../test/support/shared-data.js';
import { validateJson } from '../../parameters/validate.js';
import trend from './trend.analysis.js';

let dataset: FakeDatasetReader;
afterEach(() => {
  dataset.close();
});

interface Value {
  readonly n: number;
  readonly r2: number | null;
  readonly residual_sd: number | null;
  readonly x_unit: string | null;
  readonly coefficients: { coefficient: number | null; standard_error: number | null }[];
  readonly residuals: Record<string, number | null>;
}

const run = async (query: string, input: object = {}) => {
  dataset = await datasetReader(query);
  const params = validateJson(trend.params, { x: 'x', y: 'y', ...input });
  const task = { dataset: dataset.about, progress: () => undefined, log: () => undefined };
  const results = await trend.compute(params, await trend.query(params, dataset), task);
  const text = (name: string): string => Buffer.from(results[name]?.bytes ?? []).toString();
  const value = JSON.parse(text('value.json')) as Value;
  return {
    text,
    value,
    coefficients: value.coefficients.map(({ coefficient }) => coefficient ?? NaN),
    errors: value.coefficients.map(({ standard_error: error }) => error),
  };
};
const table = (rows: string) =>
  `SELECT x::DOUBLE AS x, y::DOUBLE AS y FROM (VALUES ${rows}) AS t(y, x)`;

/** Norris (1979), NIST Statistical Reference Datasets; their certified values are the expected ones. */
const NORRIS = `(0.1, 0.2), (338.8, 337.4), (118.1, 118.2), (888.0, 884.6), (9.2, 10.1), (228.1, 226.5), (668.5, 666.3), (998.5, 996.3), (449.1, 448.6), (778.9, 777.0), (559.2, 558.2), (0.3, 0.4), (0.1, 0.6), (778.1, 775.5), (668.8, 666.9), (339.3, 338.0), (448.9, 447.5), (10.8, 11.6), (557.7, 556.0), (228.3, 228.1), (998.0, 995.8), (888.8, 887.6), (119.6, 120.2), (0.3, 0.3), (0.6, 0.3), (557.6, 556.8), (339.3, 339.1), (888.0, 887.2), (998.5, 999.0), (778.9, 779.0), (10.2, 11.1), (117.6, 118.3), (228.9, 229.2), (668.4, 669.1), (449.2, 448.9), (0.2, 0.5)`;

describe('the trend', () => {
  it('is the certified line of a reference dataset', async () => {
    const { value, coefficients, errors } = await run(table(NORRIS));
    expect(coefficients[0]).toBeCloseTo(-0.262323073774029, 10);
    expect(coefficients[1]).toBeCloseTo(1.00211681802045, 13);
    expect(errors[0]).toBeCloseTo(0.232818234301152, 11);
    expect(errors[1]).toBeCloseTo(0.000429796848199937, 14);
    expect(value.residual_sd).toBeCloseTo(0.884796396144373, 11);
    expect(value.r2).toBeCloseTo(0.999993745883712, 13);
    expect(value.n).toBe(36);
  });

  it('is a polynomial of the degree that is asked for', async () => {
    // NIST's Wampler1: y = 1 + x + ... + x^5 for x = 0 ... 20; every coefficient is 1, every error 0.
    const { coefficients, errors, value } = await run(
      'SELECT i::DOUBLE AS x, (1 + i + i**2 + i**3 + i**4 + i**5)::DOUBLE AS y FROM range(21) t(i)',
      { degree: 5 },
    );
    for (const coefficient of coefficients) expect(coefficient).toBeCloseTo(1, 6);
    for (const error of errors) expect(error).toBeCloseTo(0, 6);
    expect(value.r2).toBeCloseTo(1, 12);
  });

  it('has standard errors and residuals of a parabola', async () => {
    // python3, normal equations in fractions.Fraction
    const { coefficients, errors, value, text } = await run(
      table('(2, 1), (1, 2), (4, 3), (3, 4), (7, 5), (5, 6), (NULL, 7)'),
      { degree: 2 },
    );
    const near = (values: number[]) => values.map((one): unknown => expect.closeTo(one, 10));
    expect(coefficients).toEqual(near([0.3, 1.0392857142857144, -0.017857142857142856]));
    expect(errors).toEqual(near([3.045058448105874, 1.9921604431602684, 0.27859432140366275]));
    expect(value.r2).toBeCloseTo(0.6274489795918368, 12);
    expect(value.residual_sd).toBeCloseTo(1.7022394213561873, 12);
    const rows = JSON.parse(text('residuals.json')) as { key: number; residual: number }[];
    expect(rows).toHaveLength(6);
    expect(rows[0]).toMatchObject({
      key: 1,
      x: 1,
      y: 2,
      residual: expect.closeTo(0.6785714285714286, 10),
    });
  });

  it('does not lose its digits far from 0', async () => {
    const { coefficients, value } = await run(
      'SELECT 1e9 + i AS x, 5 + 0.25 * i AS y FROM range(100) t(i)',
    );
    expect(coefficients[1]).toBeCloseTo(0.25, 12);
    expect(value.r2).toBeCloseTo(1, 12);
  });

  it('counts times in days', async () => {
    const { coefficients, value } = await run(
      "SELECT TIMESTAMP '1970-01-02' + INTERVAL (i) HOUR AS x, i AS y FROM range(48) t(i)",
    );
    expect(coefficients[1]).toBeCloseTo(24, 10);
    expect(coefficients[0]).toBeCloseTo(-24, 9);
    expect(value.x_unit).toBe('days since 1970-01-01');
  });

  it('explains nothing where y does not vary', async () => {
    const { value, coefficients } = await run('SELECT i AS x, 0.1 AS y FROM range(10) t(i)');
    expect(value.r2).toBeNull();
    expect(coefficients).toEqual([expect.closeTo(0.1, 15), 0]);
  });

  it('has no standard errors without a row to spare', async () => {
    const { value, errors } = await run(table('(1, 1), (5, 3)'));
    expect([value.residual_sd, ...errors]).toEqual([null, null, null]);
    expect(value.r2).toBe(1);
  });

  it('has finite numbers, or none, for huge values', async () => {
    const { text, coefficients } = await run(
      table('(-1.7e308, -1.7e308), (0, 0), (1.7e308, 1.7e308)'),
    );
    expect(coefficients[1]).toBeCloseTo(1, 12);
    expect(text('value.json') + text('residuals.json')).not.toMatch(/NaN|Infinity/);
  });

  it('lists no residuals of more rows than a table holds', async () => {
    const { text, value } = await run('SELECT i AS x, i % 7 AS y FROM range(100001) t(i)');
    expect(text('residuals.json')).toBe('');
    expect(value.residuals).toMatchObject({ listed: 0, min: expect.closeTo(-3, 3) });
  });

  it.each([
    ['one row', '(1, 1)', 1, 'too-few-values'],
    ['a constant x', '(1, 4), (2, 4), (3, 4)', 1, 'too-few-values'],
    ['two x', '(1, 4), (2, 5), (3, 4)', 2, 'too-few-values'],
    ['no row with both', '(1, NULL), (NULL, 2)', 1, 'empty-dataset'],
    ['values that are not finite', "('inf', '1'), ('1', 'nan')", 1, 'empty-dataset'],
  ])('is refused for %s', async (_what, rows, degree, code) => {
    await expect(run(table(rows), { degree })).rejects.toMatchObject({ code });
  });

  (hasSharedData ? it : it.skip)('is the warming since 1970', async () => {
    const [, ...lines] = sharedFile('climate/global_temperature_anomaly.csv')
      .toString()
      .trim()
      .split('\n');
    const rows = lines.map((line) => line.split(',')).filter(([year]) => Number(year) >= 1970);
    const { global_temperature: expected } = sharedJson('climate/expected.json') as {
      global_temperature: Record<string, number>;
    };
    const found = await run(
      table(rows.map(([year = '', temp = '']) => `(${temp}, ${year})`).join(', ')),
    );
    expect(10 * (found.coefficients[1] ?? 0)).toBeCloseTo(
      expected['trend_1970_2023_c_per_decade'] ?? 0,
      12,
    );
  });
});
