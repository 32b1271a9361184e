import type { DatasetReader } from '../analyses/analysis.js';
import { quoteIdentifier } from '../data/identifier.js';
import { kindOf } from '../data/schema.js';
import { binEdges } from './bin-edges.js';
import type { AxisRequest } from './picture.js';
import type { Domain } from './ticks.js';

/** SQL of a value on an axis: a number or milliseconds, null where the axis cannot show it. */
export function axisValue(dataset: DatasetReader, name: string, axis: AxisRequest): string {
  const column = quoteIdentifier(name);
  const time = kindOf(dataset.column(name)) === 'time';
  const value = time ? `epoch_ms(${column}::TIMESTAMP)::DOUBLE` : `${column}::DOUBLE`;
  const limits = [
    `isfinite(${value})`,
    ...(axis.scale === 'log' ? [`${value} > 0`] : []),
    ...(axis.min === undefined ? [] : [`${value} >= ${axis.min}`]),
    ...(axis.max === undefined ? [] : [`${value} <= ${axis.max}`]),
  ];
  return `CASE WHEN ${limits.join(' AND ')} THEN ${value} END`;
}

/** Extents of several values over the rows that have all of them, null where there are none. */
export async function extentsOf(
  dataset: DatasetReader,
  values: readonly string[],
): Promise<(Domain | null)[]> {
  const list = values.flatMap((_, i) => [`min(v${i}) AS low${i}`, `max(v${i}) AS high${i}`]);
  const all = values.map((_, i) => `v${i} IS NOT NULL`).join(' AND ');
  const [row = {}] = await dataset.rows<Record<string, number | null>>(
    `SELECT ${list.join(', ')} FROM (SELECT ${values.map((value, i) => `${value} AS v${i}`).join(', ')} FROM data) WHERE ${all}`,
  );
  return values.map((_, i) => {
    const [low, high] = [row[`low${i}`] ?? null, row[`high${i}`] ?? null];
    return low === null || high === null ? null : [low, high];
  });
}

/** Round edges over an extent; those of a request that sets the ends begin and end there. */
export function edgesOf(
  extent: Domain | null,
  { scale, min, max }: AxisRequest,
  bins: number,
  whole: boolean,
): number[] {
  const edges = binEdges(extent, scale, bins, whole);
  const inner = edges.filter((edge) => edge > (min ?? -Infinity) && edge < (max ?? Infinity));
  return [...(min === undefined ? [] : [min]), ...inner, ...(max === undefined ? [] : [max])];
}

/** SQL of the index of the bin of a value; one on the last edge is in the last bin. */
export function binIndex(value: string, edges: readonly number[]): string {
  const inner = edges.slice(1, -1);
  if (inner.length === 0) return '0';
  const [first = 0, second = 0] = edges;
  const step = second - first;
  const last = edges.length - 2;
  const even = edges.every((edge, i) => Math.abs(edge - (first + i * step)) < step * 1e-9);
  if (even) return `least(${last}, greatest(0, floor((${value} - ${first}) / ${step} + 1e-9)))`;
  return `len(list_filter([${inner.join(', ')}]::DOUBLE[], lambda e: e <= ${value}))`;
}
