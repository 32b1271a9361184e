import { quoteIdentifier } from '../../identifier.js';
import { ROW_ID, kindOf, type Column, type ColumnType } from '../../schema.js';

/** A function of `agg`, by its name or, for quantiles, its percentage. */
export type AggregateFunction =
  | { readonly name: (typeof NAMES)[number] }
  | { readonly name: 'quantile'; readonly percent: number };

const NAMES = [
  'count',
  'distinct',
  'sum',
  'mean',
  'sd',
  'min',
  'max',
  'median',
  'first',
  'last',
] as const;

/** For error messages. */
export const FUNCTIONS = [...NAMES, 'p95 (any percentage)'].join(', ');

/** Functions of numbers only. */
const OF_NUMBERS = ['sum', 'mean', 'sd', 'median', 'quantile'];

export function functionNamed(name: string): AggregateFunction | undefined {
  const plain = NAMES.find((known) => known === name);
  if (plain !== undefined) return { name: plain };
  const percent = Number(/^p(\d{1,3}(?:\.\d{1,6})?)$/.exec(name)?.[1] ?? NaN);
  return percent <= 100 ? { name: 'quantile', percent } : undefined;
}

export const suits = ({ name }: AggregateFunction, column: Column): boolean =>
  !OF_NUMBERS.includes(name) || kindOf(column) === 'number';

/** The type of the result. Sums of whole numbers are exact; those of 64-bit numbers are text. */
export function typeOfResult({ name }: AggregateFunction, column: Column | null): ColumnType {
  if (name === 'count' || name === 'distinct') return 'integer';
  if (['min', 'max', 'first', 'last', 'sum'].includes(name)) return column?.type ?? 'integer';
  return 'number';
}

/**
 * SQL of the function. `mean` is a compensated sum over n, `sd` that of the sample (n - 1), quantiles are
 * interpolated linearly between order statistics (type 7 of Hyndman and Fan). `first` and `last` pass over
 * missing values.
 * @param time column that orders `first` and `last`, before the order of the table
 */
export function functionSql(
  fn: AggregateFunction,
  column: Column | null,
  time: string | null,
): string {
  if (column === null) return 'count(*)';
  const value = quoteIdentifier(column.name);
  const place = time === null ? ROW_ID : `row(${quoteIdentifier(time)}, ${ROW_ID})`;
  const whole = column.type === 'integer' || column.type === 'int64';
  switch (fn.name) {
    case 'count':
      return `count(${value})`;
    case 'distinct':
      return `count(DISTINCT ${value})`;
    case 'sum':
      return whole ? `sum(${value})` : `fsum(${value})`;
    case 'mean':
      return `favg(${value}::DOUBLE)`;
    case 'sd':
      return sdSql(`${value}::DOUBLE`);
    case 'min':
      return `min(${value})`;
    case 'max':
      return `max(${value})`;
    case 'median':
      return `quantile_cont(${value}::DOUBLE, 0.5)`;
    case 'quantile':
      return `quantile_cont(${value}::DOUBLE, ${String(fn.percent / 100)})`;
    case 'first':
      return `arg_min(${value}, ${place})`;
    case 'last':
      return `arg_max(${value}, ${place})`;
  }
}

/**
 * SQL of the standard deviation of a sample. DuckDB fails where the variance is beyond DOUBLE, so values that
 * are great enough for that are scaled.
 */
export const sdSql = (value: string): string =>
  `CASE WHEN max(abs(${value})) > 1e100 THEN stddev_samp(${value} / 1e200) * 1e200
    ELSE stddev_samp(${value}) FILTER (WHERE abs(${value}) <= 1e100) END`;

/** SQL for a number in JSON, which has no infinity. */
export const finiteSql = (value: string): string =>
  `CASE WHEN isfinite(${value}) THEN ${value} END`;
