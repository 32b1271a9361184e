import { leastSquares, toPowersOfX } from './least-squares.js';
import type { Moments } from './moments.js';

export interface Coefficient {
  /** Of x. */
  readonly power: number;
  readonly coefficient: number | null;
  /** Null without more rows than coefficients. */
  readonly standard_error: number | null;
}

/** The polynomial in u and v of `Moments`. */
export interface Fit {
  readonly inner: readonly number[];
  readonly inverse: readonly (readonly number[])[];
}

export function fit({ powers, products }: Moments): Fit {
  const { coefficients, inverse } = leastSquares(powers, products);
  return { inner: coefficients, inverse };
}

/**
 * Coefficients of powers of x, in the unit of y, with standard errors sqrt(s² (A⁻¹)kk), where s² is the sum of
 * the squared residuals by the degrees of freedom, n less the number of coefficients.
 * @param squares sum of the squared residuals, in units of v
 */
export function coefficientsOf(
  { inner, inverse }: Fit,
  { n, center, half, base, size }: Moments,
  squares: number,
): Coefficient[] {
  const map = toPowersOfX(inner.length, center, half);
  const freedom = n - inner.length;
  return map.map((row, power) => {
    const value = dot(row, inner) * size + (power === 0 ? base : 0);
    const spread = dot(
      row,
      inverse.map((line) => dot(line, row)),
    );
    const error = freedom > 0 ? Math.sqrt(Math.max(0, (squares / freedom) * spread)) * size : NaN;
    return { power, coefficient: finite(value), standard_error: finite(error) };
  });
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, one, i) => sum + one * (b[i] ?? 0), 0);

/** JSON has no NaN and no infinity. */
export const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
