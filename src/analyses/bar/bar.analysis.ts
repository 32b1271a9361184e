import { quoteIdentifier } from '../../data/identifier.js';
import { kindOf, type Schema } from '../../data/schema.js';
import { Problem } from '../../errors/problem.js';
import { readRange } from '../../plots/axis-ends.js';
import { count, some } from '../../plots/counts.js';
import { MOST_COLORS } from '../../plots/group.parameters.js';
import { groupsOf } from '../../plots/group-query.js';
import type { Bar, Groups } from '../../plots/picture.js';
import { checkSize } from '../../plots/plot.parameters.js';
import { columnOf } from '../../plots/point-columns.js';
import { axisRequest, labelOf, lookOf } from '../../plots/requests.js';
import { type DatasetReader } from '../analysis.js';
import { definePlot } from '../plot-analysis.js';
import { BarParameters, type BarAggregate } from './bar.parameters.js';

export interface BarData {
  readonly groups: Groups;
  readonly colors?: Groups;
  readonly bars: readonly Bar[];
  readonly notes: readonly string[];
}

/** A value for each group of rows. */
export default definePlot<BarParameters, BarData>({
  name: 'bar',
  title: 'Bar chart',
  description:
    'Counts the rows of each value of a column, or aggregates another column over them, and draws bars; a colour divides them once more. Many bars lie, so that their names can be read.',
  params: BarParameters,
  example: { x: 'recclass' },

  complete(params, schema) {
    check(params, schema);
    return params;
  },

  async query(params, dataset) {
    const { x, color, top } = params;
    const adds = addsUp(aggregateOf(params));
    const value = valueSql(params);
    const byName = kindOf(dataset.column(x)) === 'text' ? 'value' : 'name';
    const groups = await groupsOf(dataset, {
      column: x,
      most: top,
      rank: adds ? value : 'count(*)',
      sort: (params.sort ?? byName) === 'name' ? { by: 'name' } : { by: 'value', value },
      ranked: adds ? 'those with the largest values' : 'those with the most rows',
    });
    const colors =
      color === undefined
        ? undefined
        : await groupsOf(dataset, {
            column: color,
            most: MOST_COLORS,
            rank: 'count(*)',
            sort: { by: 'value', value: 'count(*)' },
            ranked: 'those with the most rows',
          });
    return {
      groups: groups.groups,
      ...(colors === undefined ? {} : { colors: colors.groups }),
      bars: await barsOf(dataset, value, groups.index, colors?.index ?? '0'),
      notes: [...(await rowsNote(params, dataset)), ...groups.notes, ...(colors?.notes ?? [])],
    };
  },

  picture(params, data, about) {
    const { schema } = about;
    const { groups, ...rest } = data;
    const what = valueLabel(params, schema);
    const column = { name: what, type: 'number', nulls: 0 } as const;
    return {
      kind: 'bar',
      look: lookOf(params, about, `${what} by ${params.x}`),
      ...rest,
      groups: { ...groups, label: params.xLabel ?? groups.label },
      value: axisRequest('y', params, column),
      stacked: addsUp(aggregateOf(params)),
    };
  },
});

const aggregateOf = ({ agg, y }: BarParameters): BarAggregate =>
  agg ?? (y === undefined ? 'count' : 'mean');

/** Whether the values of parts make up the value of the whole. */
const addsUp = (aggregate: BarAggregate): boolean => aggregate === 'count' || aggregate === 'sum';

function valueSql(params: BarParameters): string {
  const column = params.y === undefined ? '*' : quoteIdentifier(params.y);
  const aggregate = aggregateOf(params);
  if (aggregate === 'count') return `count(${column})::DOUBLE`;
  if (aggregate === 'distinct') return `count(DISTINCT ${column})::DOUBLE`;
  return `${aggregate}(CASE WHEN isfinite(${column}::DOUBLE) THEN ${column}::DOUBLE END)`;
}

function valueLabel(params: BarParameters, schema: Schema): string {
  const { y } = params;
  const aggregate = aggregateOf(params);
  if (y === undefined) return 'rows';
  if (aggregate === 'count') return `rows with ${y}`;
  return aggregate === 'distinct'
    ? `distinct values of ${y}`
    : `${aggregate} of ${labelOf(columnOf(schema, y))}`;
}

function barsOf(
  dataset: DatasetReader,
  value: string,
  group: string,
  color: string,
): Promise<Bar[]> {
  return dataset.rows<Bar>(
    `SELECT "group", color, count(*)::DOUBLE AS rows, ${value} AS value
     FROM (SELECT *, (${group})::INTEGER AS "group", (${color})::INTEGER AS color FROM data)
     GROUP BY "group", color ORDER BY "group", color`,
  );
}

async function rowsNote({ y }: BarParameters, dataset: DatasetReader): Promise<string[]> {
  const missing = y === undefined ? '0' : `count(*) - count(${quoteIdentifier(y)})`;
  const [row] = await dataset.rows<{ n: number; missing: number }>(
    `SELECT count(*)::DOUBLE AS n, (${missing})::DOUBLE AS missing FROM data`,
  );
  const { n = 0, missing: without = 0 } = row ?? {};
  return [`${count(n)} row${n === 1 ? '' : 's'}`, ...some(without, `without ${y ?? ''}`)];
}

function check(params: BarParameters, schema: Schema): void {
  const refuse = (field: string, message: string): never => {
    throw Problem.field('invalid-parameter', `params.${field}`, message);
  };
  checkSize(params);
  const { y, color, xScale, xMin, xMax, yScale = 'linear' } = params;
  const aggregate = aggregateOf(params);
  if (y === undefined && aggregate !== 'count') refuse('y', `is needed for ${aggregate}`);
  const numeric = aggregate !== 'count' && aggregate !== 'distinct';
  if (y !== undefined && numeric && schema.columns.some(({ name }) => name === y)) {
    const { type } = columnOf(schema, y);
    if (kindOf(columnOf(schema, y)) !== 'number') {
      throw Problem.field(
        'unsuitable-column',
        'params.y',
        `column ${JSON.stringify(y)} has type ${type}; ${aggregate} needs numbers`,
      );
    }
  }
  for (const [name, given] of Object.entries({ xScale, xMin, xMax })) {
    if (given !== undefined) refuse(name, 'the bars are groups, which have no scale; use a filter');
  }
  if (yScale === 'time') refuse('yScale', 'must be linear or log: the bars are numbers');
  if (yScale === 'log' && color !== undefined && addsUp(aggregate)) {
    refuse('yScale', 'bars that stand on each other cannot be read on a logarithm');
  }
  readRange('y', params, yScale);
}
