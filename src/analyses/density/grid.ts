import type { AxisRequest } from '../../plots/picture.js';
import type { DatasetReader } from '../analysis.js';

/** An axis whose ends are decided, and how many cells lie along it. */
export interface Side {
  readonly axis: AxisRequest;
  readonly cells: number;
}

interface GridRequest {
  /** SQL of the values on the axes, and of the weight of a row. */
  readonly values: readonly string[];
  readonly weight: string;
  readonly x: Side;
  readonly y?: Side;
}

interface Grid {
  readonly columns: number;
  readonly lines: number;
  readonly weights: Float64Array;
  readonly smooth: { readonly x: number; readonly y: number };
  readonly drawn: number;
}

interface Spread {
  readonly n: number;
  readonly sx: number | null;
  readonly sy: number | null;
}

/**
 * The weights of the rows in cells over the axes, counted by DuckDB, and the kernel: Scott's rule, the
 * standard deviation times n^(-1/(d+4)), in cells (Scott, Multivariate Density Estimation, 1992).
 */
export async function gridOf(dataset: DatasetReader, request: GridRequest): Promise<Grid> {
  const { x, y, values, weight } = request;
  const cells = `SELECT ${place(x)('v0')} AS x, ${y === undefined ? '0.5' : place(y)('v1')} AS y, w
    FROM (SELECT ${values.map((value, i) => `${value} AS v${i}`).join(', ')}, ${weight} AS w FROM data)
    WHERE ${values.map((_, i) => `v${i} IS NOT NULL`).join(' AND ')} AND w >= 0 AND isfinite(w)`;
  const [columns, lines] = [x.cells, y?.cells ?? 1];
  const [spread] = await dataset.rows<Spread>(
    `SELECT count(*)::DOUBLE AS n, stddev_pop(x) AS sx, stddev_pop(y) AS sy FROM (${cells})`,
  );
  const found = await dataset.columns(
    `SELECT (least(${columns - 1}, floor(x)) + ${columns} * least(${lines - 1}, floor(y)))::DOUBLE AS cell, sum(w)::DOUBLE AS w
     FROM (${cells}) GROUP BY cell ORDER BY cell`,
  );
  const weights = new Float64Array(columns * lines);
  const { cell, w } = found;
  if (cell?.kind !== 'number' || w?.kind !== 'number') throw new Error('the query gave no numbers');
  cell.values.forEach((at, i) => {
    weights[at] = w.values[i] ?? 0;
  });
  const { n = 0, sx, sy } = spread ?? {};
  const factor = n > 1 ? n ** (-1 / (y === undefined ? 5 : 6)) : 1;
  const width = (deviation: number | null | undefined, cells: number): number =>
    Math.max(1, Math.min((deviation ?? 0) * factor || cells / 40, cells / 4));
  const smooth = { x: width(sx, columns), y: y === undefined ? 0 : width(sy, lines) };
  return { columns, lines, weights, smooth, drawn: n };
}

/** SQL of the place of a value in cells from the start of its axis. */
const place =
  ({ axis: { scale, min = 0, max = 1 }, cells }: Side) =>
  (value: string): string => {
    const log = scale === 'log';
    const [low, high] = log ? [Math.log(min), Math.log(max)] : [min, max];
    return `greatest(0, (${log ? `ln(${value})` : value} - (${low})) * ${cells / (high - low)})`;
  };
