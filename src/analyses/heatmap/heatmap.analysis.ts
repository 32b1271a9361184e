import { quoteIdentifier } from '../../data/identifier.js';
import { kindOf, type Schema } from '../../data/schema.js';
import { Problem } from '../../errors/problem.js';
import { axisValue, binIndex, edgesOf, extentsOf } from '../../plots/axis-query.js';
import { reach } from '../../plots/counts.js';
import { groupsOf } from '../../plots/group-query.js';
import { isCategorical } from '../../plots/palettes.js';
import type { Cell, DividedAxis } from '../../plots/picture.js';
import { columnOf } from '../../plots/point-columns.js';
import { axisRequest, checkAxes, labelOf, lookOf } from '../../plots/requests.js';
import type { Domain } from '../../plots/ticks.js';
import { type DatasetReader } from '../analysis.js';
import { definePlot } from '../plot-analysis.js';
import { HeatmapParameters } from './heatmap.parameters.js';

const USUAL_BINS = { x: 40, y: 25 };

export interface HeatmapData {
  readonly x: DividedAxis;
  readonly y: DividedAxis;
  readonly cells: readonly Cell[];
  readonly notes: readonly string[];
}

/** Rows, or the mean of a column, in cells of two columns. */
export default definePlot<HeatmapParameters, HeatmapData>({
  name: 'heatmap',
  title: 'Heatmap',
  description:
    'Divides two columns into bins or groups and colours each cell by its number of rows, or by the mean of a third column over them.',
  params: HeatmapParameters,
  example: { x: 'year', y: 'mass (g)', yScale: 'log' },

  complete(params, schema) {
    check(params, schema);
    return params;
  },

  async query(params, dataset) {
    const sides = [await sideOf('x', params, dataset), await sideOf('y', params, dataset)] as const;
    const extents = await extentsOf(
      dataset,
      sides.map(({ value }) => value),
    );
    const x = cut(sides[0], extents[0], params, dataset);
    const y = cut(sides[1], extents[1], params, dataset);
    const value = params.value === undefined ? 'NULL' : `${quoteIdentifier(params.value)}::DOUBLE`;
    const counted = params.value === undefined ? 'count(*)::DOUBLE' : 'avg(v)';
    const cells = await dataset.rows<Cell>(
      `SELECT x::INTEGER AS x, y::INTEGER AS y, count(*)::DOUBLE AS rows, ${counted} AS value FROM (
         SELECT ${x.index} AS x, ${y.index} AS y, CASE WHEN isfinite(${value}) THEN ${value} END AS v
         FROM (SELECT *, ${sides[0].value} AS vx, ${sides[1].value} AS vy FROM data)
         WHERE vx IS NOT NULL AND vy IS NOT NULL${params.value === undefined ? '' : ` AND ${value} IS NOT NULL`}
       ) GROUP BY ALL ORDER BY x, y`,
    );
    const [row] = await dataset.rows<{ n: number }>('SELECT count(*)::DOUBLE AS n FROM data');
    const total = row?.n ?? 0;
    const drawn = cells.reduce((sum, cell) => sum + cell.rows, 0);
    const names = [params.x, params.y, ...(params.value === undefined ? [] : [params.value])];
    return {
      x: x.axis,
      y: y.axis,
      cells,
      notes: [
        reach(drawn, total, 'row'),
        ...(drawn === total ? [] : [`the others lack ${names.join(', ')} or lie outside the axes`]),
        ...sides.flatMap(({ notes }) => notes),
      ],
    };
  },

  picture(params, data, about) {
    const { schema } = about;
    const { value, colorScale } = params;
    const largest = Math.max(0, ...data.cells.map((cell) => cell.value ?? 0));
    const usual = value === undefined && largest > 100 ? 'log' : 'linear';
    const label = value === undefined ? 'rows' : `mean of ${labelOf(columnOf(schema, value))}`;
    const what = value === undefined ? '' : `${value} over `;
    return {
      kind: 'heatmap',
      look: lookOf(params, about, `${what}${params.y} and ${params.x}`),
      ...data,
      color: { label, scale: colorScale ?? usual },
    };
  },
});

/** One side as SQL: groups have their index at once, values get their bins when extents are known. */
interface Side {
  readonly name: 'x' | 'y';
  readonly value: string;
  readonly divided: Extract<DividedAxis, { kind: 'groups' }> | null;
  readonly notes: readonly string[];
}

async function sideOf(
  side: 'x' | 'y',
  params: HeatmapParameters,
  dataset: DatasetReader,
): Promise<Side> {
  const name = params[side];
  const column = dataset.column(name);
  const kind = kindOf(column);
  if (kind === 'number' || kind === 'time') {
    const value = axisValue(dataset, name, axisRequest(side, params, column));
    return { name: side, value, divided: null, notes: [] };
  }
  const { groups, index, notes } = await groupsOf(dataset, {
    column: name,
    most: binsOf(params, side),
    rank: 'count(*)',
    sort: { by: 'name' },
    ranked: 'those with the most rows',
  });
  const label = (side === 'x' ? params.xLabel : params.yLabel) ?? groups.label;
  const divided = { kind: 'groups', groups: { ...groups, label } } as const;
  return { name: side, value: index, divided, notes };
}

const binsOf = ({ bins }: HeatmapParameters, side: 'x' | 'y'): number =>
  (side === 'y' ? (bins?.[1] ?? bins?.[0]) : bins?.[0]) ?? USUAL_BINS[side];

interface Cut {
  /** SQL of the index of the bin or group of a row. */
  readonly index: string;
  readonly axis: DividedAxis;
}

function cut(
  { name, divided }: Side,
  extent: Domain | null | undefined,
  params: HeatmapParameters,
  dataset: DatasetReader,
): Cut {
  if (divided !== null) return { index: `v${name}`, axis: divided };
  const column = dataset.column(params[name]);
  const axis = axisRequest(name, params, column);
  const whole = column.type === 'integer' || column.type === 'int64';
  const edges = edgesOf(extent ?? null, axis, binsOf(params, name), whole);
  return { index: binIndex(`v${name}`, edges), axis: { kind: 'edges', axis, edges } };
}

function check(params: HeatmapParameters, schema: Schema): void {
  const { bins = [], palette, x, y } = params;
  if (bins.some((one) => !(Number.isInteger(one) && one >= 1 && one <= 300))) {
    throw Problem.field('invalid-parameter', 'params.bins', 'must be whole numbers from 1 to 300');
  }
  if (palette !== undefined && isCategorical(palette)) {
    const message = `${palette} is for categories, not for values`;
    throw Problem.field('invalid-parameter', 'params.palette', message);
  }
  const scaled = (name: string): string[] => {
    const column = schema.columns.find((one) => one.name === name);
    return column !== undefined && ['number', 'time'].includes(kindOf(column)) ? [name] : [];
  };
  checkAxes(params, schema, scaled(x), scaled(y));
  for (const [side, name] of [
    ['x', x],
    ['y', y],
  ] as const) {
    if (scaled(name).length > 0 || !schema.columns.some((one) => one.name === name)) continue;
    for (const end of ['Scale', 'Min', 'Max'] as const) {
      if (params[`${side}${end}`] === undefined) continue;
      const message = `${JSON.stringify(name)} is grouped, which has no scale; use a filter`;
      throw Problem.field('invalid-parameter', `params.${side}${end}`, message);
    }
  }
}
