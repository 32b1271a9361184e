import { kindOf } from '../../data/schema.js';
import type { DatasetReader } from '../analysis.js';
import { double, finite, keyOf, millisecondsOf, numberOf } from '../sql.js';
import type { TrendParameters } from './trend.parameters.js';

/**
 * What least squares needs of the rows that have both values. x is brought to u = (x - center) / half, from -1 to
 * 1, and y to v = (y - base) / size, so that powers stay near 1 and nothing is lost to rounding.
 */
export interface Moments {
  readonly n: number;
  readonly distinct: number;
  readonly center: number;
  readonly half: number;
  readonly base: number;
  readonly size: number;
  /** Sums of u^k for k = 0 ... 2 degree. */
  readonly powers: readonly number[];
  /** Sums of v u^k for k = 0 ... degree. */
  readonly products: readonly number[];
}

const MS_PER_DAY = 86_400_000;

/** SQL of the rows that have both values: key, x, y. */
export function pointsSql({ x, y }: TrendParameters, dataset: DatasetReader): string {
  const time = kindOf(dataset.column(x)) === 'time';
  const value = time ? finite(`${millisecondsOf(x)} / ${MS_PER_DAY}`) : numberOf(x);
  return `SELECT key, x, y FROM (
    SELECT ${keyOf(dataset.about.schema)} AS key, ${value} AS x, ${numberOf(y)} AS y FROM data)
    WHERE x IS NOT NULL AND y IS NOT NULL`;
}

interface Extent {
  readonly n: number;
  readonly distinct: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly floor: number | null;
  readonly top: number | null;
}

export async function readMoments(
  params: TrendParameters,
  dataset: DatasetReader,
): Promise<Moments> {
  const points = pointsSql(params, dataset);
  const [extent] = await dataset.rows<Extent>(
    `SELECT count(*)::DOUBLE AS n, count(DISTINCT x)::DOUBLE AS "distinct", min(x) AS low, max(x) AS high,
       min(y) AS floor, max(y) AS top FROM (${points})`,
  );
  const { n = 0, distinct = 0, low, high, floor, top } = extent ?? {};
  // Halves first: the difference of two huge numbers need not be a number.
  const middle = (a = 0, b = 0): number => a / 2 + b / 2;
  const span = (a = 0, b = 0): number => b / 2 - a / 2 || 1;
  const [center, half] = [middle(low ?? 0, high ?? 0), span(low ?? 0, high ?? 0)];
  const [base, size] = [middle(floor ?? 0, top ?? 0), span(floor ?? 0, top ?? 0)];
  const u = `(x / 2 - ${double(center / 2)}) / ${double(half / 2)}`;
  const v = `(y / 2 - ${double(base / 2)}) / ${double(size / 2)}`;
  const list = [
    ...Array.from({ length: 2 * params.degree + 1 }, (_, k) => `fsum(${power(k)}) AS p${k}`),
    ...Array.from({ length: params.degree + 1 }, (_, k) => `fsum(v * ${power(k)}) AS q${k}`),
  ];
  const [sums = {}] = await dataset.rows<Record<string, number | null>>(
    `SELECT ${list.join(', ')} FROM (SELECT ${u} AS u, ${v} AS v FROM (${points}))`,
  );
  const read = (name: string, count: number): number[] =>
    Array.from({ length: count }, (_, k) => sums[`${name}${k}`] ?? 0);
  return {
    ...{ n, distinct, center, half, base, size },
    powers: read('p', 2 * params.degree + 1),
    products: read('q', params.degree + 1),
  };
}

const power = (k: number): string => (k === 0 ? '1.0::DOUBLE' : Array(k).fill('u').join(' * '));
