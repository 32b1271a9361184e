/**
 * Polynomials by least squares, from the normal equations A c = b with A[i][j] = sum u^(i+j) and b[i] = sum v u^i.
 * With u from -1 to 1 and a degree of 5 at most, they lose few digits.
 */
export interface Solution {
  /** Coefficients of u^0, u^1, ... */
  readonly coefficients: readonly number[];
  /** The inverse of A: times the variance of the residuals it is the covariance of the coefficients. */
  readonly inverse: readonly (readonly number[])[];
}

/** @throws Error where the equations have no single solution: fewer different u than coefficients */
export function leastSquares(powers: readonly number[], products: readonly number[]): Solution {
  const size = products.length;
  const matrix = products.map((_, i) => products.map((__, j) => powers[i + j] ?? 0));
  const inverse = invert(matrix);
  const coefficients = Array.from({ length: size }, (_, i) =>
    (inverse[i] ?? []).reduce((sum, one, j) => sum + one * (products[j] ?? 0), 0),
  );
  return { coefficients, inverse };
}

/** Gauss-Jordan elimination with row pivots. */
function invert(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let column = 0; column < size; column += 1) {
    const at = (row: number): number => Math.abs(rows[row]?.[column] ?? 0);
    let best = column;
    for (let row = column + 1; row < size; row += 1) if (at(row) > at(best)) best = row;
    const pivot = rows[best];
    const head = pivot?.[column] ?? 0;
    if (pivot === undefined || head === 0) throw new Error('the normal equations are singular');
    const scaled = pivot.map((value) => value / head);
    rows[best] = rows[column] ?? [];
    rows[column] = scaled;
    rows.forEach((row, i) => {
      const factor = row[column] ?? 0;
      if (i !== column) rows[i] = row.map((value, j) => value - factor * (scaled[j] ?? 0));
    });
  }
  return rows.map((row) => row.slice(size));
}

/**
 * The linear map from coefficients of u^j to coefficients of x^k, for u = (x - center) / half:
 * map[k][j] = binomial(j, k) (-center)^(j-k) / half^j.
 */
export function toPowersOfX(size: number, center: number, half: number): number[][] {
  return Array.from({ length: size }, (_, k) =>
    Array.from({ length: size }, (__, j) =>
      j < k ? 0 : (binomial(j, k) * (-center / half) ** (j - k)) / half ** k,
    ),
  );
}

const binomial = (n: number, k: number): number => (k === 0 ? 1 : (binomial(n - 1, k - 1) * n) / k);
