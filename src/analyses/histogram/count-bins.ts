import type { DatasetReader } from '../analysis.js';
import type { Bin } from '../../plots/picture.js';
import { double } from '../sql.js';

/**
 * Rows in each bin from edge to edge, counted by DuckDB. A value on an edge counts in the upper bin,
 * on the last edge in the last bin.
 * @param value SQL of the value, a DOUBLE
 */
export async function countBins(
  dataset: DatasetReader,
  value: string,
  edges: readonly number[],
): Promise<Bin[]> {
  const counts = (await divided(dataset, value, edges)) ?? (await searched(dataset, value, edges));
  return edges.slice(0, -1).map((from, i) => {
    const to = edges[i + 1] ?? from;
    return { from, to, count: counts[i] ?? 0 };
  });
}

interface Quotient {
  readonly bin: number;
  readonly n: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Counts in bins of one width, by division: half the time of a search. Division may round a value into the
 * neighbouring bin, which the least and the greatest value of each bin show.
 * @returns null where the widths differ, or a value was rounded over an edge
 */
async function divided(
  dataset: DatasetReader,
  value: string,
  edges: readonly number[],
): Promise<number[] | null> {
  const [first = 0, second = 0] = edges;
  const bins = edges.length - 1;
  const step = second - first;
  const even = edges.every((edge, i) => Math.abs(edge - (first + i * step)) < step * 1e-9);
  if (!even) return null;
  // Of numbers below 256 DuckDB makes a table of groups without hashing.
  const small = bins < 256 ? '::UTINYINT' : '';
  const found = await dataset.rows<Quotient>(
    `SELECT floor((v - ${double(first)}) / ${double(step)})${small} AS bin, count(*)::DOUBLE AS n,
            min(v) AS low, max(v) AS high
     FROM (SELECT ${value} AS v FROM data)
     WHERE v >= ${double(first)} AND v <= ${double(edges.at(-1) ?? first)}
     GROUP BY bin`,
  );
  const counts = new Array<number>(bins).fill(0);
  for (const { bin, n, low, high } of found) {
    const [from = NaN, to = NaN] = [edges[bin], edges[bin + 1]];
    // The last edge alone is a bin of its own here.
    const end = bin === bins && low === from;
    if (!end && !(low >= from && (high < to || (bin === bins - 1 && high === to)))) return null;
    const at = Math.min(bin, bins - 1);
    counts[at] = (counts[at] ?? 0) + n;
  }
  return counts;
}

interface EdgeCount {
  readonly edge: number;
  readonly n: number;
}

/** Counts between any edges: DuckDB searches the bin of each value. */
async function searched(
  dataset: DatasetReader,
  value: string,
  edges: readonly number[],
): Promise<number[]> {
  const first = edges[0] ?? 0;
  const last = edges.at(-1) ?? 0;
  // DuckDB's histogram closes its bins above. With negated values and edges they are closed below.
  const bounds = [...edges].reverse().map((edge) => `${-edge}`);
  const counts = await dataset.rows<EdgeCount>(
    `WITH counted AS (
       SELECT histogram(-v, [${bounds.join(', ')}]::DOUBLE[]) AS h
       FROM (SELECT ${value} AS v FROM data)
       WHERE isfinite(v) AND v >= ${double(first)} AND v <= ${double(last)}
     )
     SELECT -unnest(map_keys(h)) AS edge, unnest(map_values(h))::DOUBLE AS n FROM counted`,
  );
  const found = new Map(counts.map(({ edge, n }) => [edge + 0, n]));
  const at = (edge: number): number => found.get(edge + 0) ?? 0;
  return edges.slice(0, -1).map((from, i) => at(from) + (i === edges.length - 2 ? at(last) : 0));
}
