import type { DatasetReader } from '../analysis.js';
import type { TableRow } from '../results.js';
import { double, finite } from '../sql.js';
import { fit, type Fit } from './fit.js';
import { pointsSql, type Moments } from './moments.js';
import type { TrendParameters } from './trend.parameters.js';

export const MOST_RESIDUALS = 100_000;

export interface Residuals {
  /** Sums of squares, in units of v: of the residuals, and of v about its mean. */
  readonly squares: number;
  readonly total: number;
  /** In the unit of y. */
  readonly figures: Readonly<Record<'min' | 'q25' | 'median' | 'q75' | 'max', number | null>>;
  /** key, x, y, fitted, residual; null where there are more than a table holds. */
  readonly rows: readonly TableRow[] | null;
}

/** Residuals from the rows themselves: from sums alone their digits would cancel out. */
export async function readResiduals(
  params: TrendParameters,
  dataset: DatasetReader,
  moments: Moments,
): Promise<Residuals> {
  const { center, half, base, size, n } = moments;
  const fitted = horner(fit(moments));
  const placed = `
    SELECT *, v - f AS r FROM (
      SELECT *, ${fitted} AS f FROM (
        SELECT *, (x / 2 - ${double(center / 2)}) / ${double(half / 2)} AS u,
          (y / 2 - ${double(base / 2)}) / ${double(size / 2)} AS v FROM (${pointsSql(params, dataset)})))`;
  const inY = (sql: string): string => finite(`${sql} * ${double(size)}`);
  const part = (q: number): string => inY(`quantile_cont(r, ${q})`);
  const [sums] = await dataset.rows<Record<string, number | null>>(
    `SELECT fsum(r * r) AS squares, var_pop(v) * count(*) AS total, ${inY('min(r)')} AS min, ${part(0.25)} AS q25,
       ${part(0.5)} AS median, ${part(0.75)} AS q75, ${inY('max(r)')} AS max FROM (${placed})`,
  );
  const {
    squares,
    total,
    min = null,
    q25 = null,
    median = null,
    q75 = null,
    max = null,
  } = sums ?? {};
  const rows =
    n > MOST_RESIDUALS
      ? null
      : await dataset.rows<TableRow>(
          `SELECT key, x, y, ${finite(`${double(base)} + f * ${double(size)}`)} AS fitted,
             ${inY('r')} AS residual FROM (${placed}) ORDER BY x, y, key`,
        );
  return {
    squares: squares ?? 0,
    total: total ?? 0,
    figures: { min, q25, median, q75, max },
    rows,
  };
}

/** c0 + u (c1 + u (c2 + ...)) */
const horner = ({ inner }: Fit): string =>
  inner.map(double).reduceRight((rest, coefficient) => `(${coefficient} + u * ${rest})`);
