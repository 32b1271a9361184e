import type { DatasetReader } from '../analysis.js';
import type { Bin } from '../../plots/picture.js';
import { double } from '../sql.js';

interface EdgeCount {
  readonly edge: number;
  readonly n: number;
}

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
  return edges.slice(0, -1).map((from, i) => {
    const to = edges[i + 1] ?? from;
    const end = to === last && i === edges.length - 2 ? at(last) : 0;
    return { from, to, count: at(from) + end };
  });
}
