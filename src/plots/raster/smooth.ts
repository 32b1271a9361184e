/** A grid of numbers, row by row. */
export interface Grid {
  readonly columns: number;
  readonly lines: number;
  readonly values: Float64Array;
}

/**
 * The grid under a Gaussian kernel with the given standard deviations in cells, along each axis in turn
 * (the kernel is separable). What would lie outside is lost, as at the end of an axis.
 */
export function smoothed(grid: Grid, deviation: { readonly x: number; readonly y: number }): Grid {
  const { columns, lines } = grid;
  const across = new Float64Array(columns * lines);
  const kernelX = kernel(deviation.x);
  for (let line = 0; line < lines; line += 1) {
    spread(grid.values, across, { start: line * columns, step: 1, length: columns }, kernelX);
  }
  const values = new Float64Array(columns * lines);
  const kernelY = kernel(deviation.y);
  for (let column = 0; column < columns; column += 1) {
    spread(across, values, { start: column, step: columns, length: lines }, kernelY);
  }
  return { columns, lines, values };
}

/** One half of the kernel, from its middle to four deviations; the whole has the sum 1. */
function kernel(deviation: number): Float64Array {
  const reach = Math.max(0, Math.ceil(deviation * 4));
  const half = Float64Array.from({ length: reach + 1 }, (_, i) =>
    deviation === 0 ? 1 : Math.exp(-0.5 * (i / deviation) ** 2),
  );
  const sum = half.reduce((all, one, i) => all + (i === 0 ? one : 2 * one), 0);
  return half.map((one) => one / sum);
}

function spread(
  from: Float64Array,
  to: Float64Array,
  { start, step, length }: { start: number; step: number; length: number },
  half: Float64Array,
): void {
  for (let i = 0; i < length; i += 1) {
    const value = from[start + i * step] ?? 0;
    if (value === 0) continue;
    const first = Math.max(0, i - half.length + 1);
    const last = Math.min(length - 1, i + half.length - 1);
    for (let j = first; j <= last; j += 1) {
      const at = start + j * step;
      to[at] = (to[at] ?? 0) + value * (half[Math.abs(j - i)] ?? 0);
    }
  }
}

/** The value at a place between the middles of cells, in cells from the corner of the grid. */
export function sampled({ columns, lines, values }: Grid, x: number, y: number): number {
  const left = Math.max(0, Math.min(columns - 1, x - 0.5));
  const low = Math.max(0, Math.min(lines - 1, y - 0.5));
  const [i, j] = [Math.floor(left), Math.floor(low)];
  const [right, high] = [Math.min(columns - 1, i + 1), Math.min(lines - 1, j + 1)];
  const at = (column: number, line: number): number => values[line * columns + column] ?? 0;
  const below = at(i, j) + (at(right, j) - at(i, j)) * (left - i);
  const above = at(i, high) + (at(right, high) - at(i, high)) * (left - i);
  return below + (above - below) * (low - j);
}
