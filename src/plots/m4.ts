/**
 * M4 (Jugel et al. 2014): of the points in each pixel column a line keeps the first, the last, the
 * lowest and the highest. The picture is the same, pixel for pixel; the points are few.
 */
export interface Polyline {
  readonly x: Float64Array;
  /** NaN where the line is interrupted. */
  readonly y: Float64Array;
}

interface Column {
  first: number;
  last: number;
  lowest: number;
  highest: number;
}

/**
 * @param x ascending
 * @param y NaN interrupts the line
 * @param column pixel column of a value of x, ascending with it
 */
export function m4(x: Float64Array, y: Float64Array, column: (x: number) => number): Polyline {
  const xs: number[] = [];
  const ys: number[] = [];
  const keep = (row: number): void => {
    xs.push(x[row] ?? NaN);
    ys.push(y[row] ?? NaN);
  };
  let current = NaN;
  let extremes: Column | null = null;
  let gap = false;
  const flush = (): void => {
    if (extremes === null) return;
    const { first, last, lowest, highest } = extremes;
    for (const row of [...new Set([first, lowest, highest, last])].sort((a, b) => a - b)) keep(row);
  };
  for (let i = 0; i < x.length; i += 1) {
    const value = y[i] ?? NaN;
    if (!Number.isFinite(value)) {
      gap = true;
      continue;
    }
    const at = column(x[i] ?? NaN);
    if (extremes === null || at !== current) {
      flush();
      // A gap within a column cannot be seen; one between columns can.
      if (gap && extremes !== null) {
        xs.push(x[i] ?? NaN);
        ys.push(NaN);
      }
      extremes = { first: i, last: i, lowest: i, highest: i };
      current = at;
    } else {
      extremes.last = i;
      if (value < (y[extremes.lowest] ?? NaN)) extremes.lowest = i;
      if (value > (y[extremes.highest] ?? NaN)) extremes.highest = i;
    }
    gap = false;
  }
  flush();
  return { x: Float64Array.from(xs), y: Float64Array.from(ys) };
}
