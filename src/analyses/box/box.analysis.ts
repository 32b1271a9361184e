import { quoteIdentifier } from '../../data/identifier.js';
import { kindOf } from '../../data/schema.js';
import { Problem } from '../../errors/problem.js';
import { count, LOG_NOTE, reach, some } from '../../plots/counts.js';
import { MOST_COLORS } from '../../plots/group.parameters.js';
import { groupsOf, type GroupQuery } from '../../plots/group-query.js';
import type { BoxPicture } from '../../plots/picture.js';
import { columnOf } from '../../plots/point-columns.js';
import { axisRequest, checkAxes, lookOf } from '../../plots/requests.js';
import { type DatasetReader } from '../analysis.js';
import { definePlot } from '../plot-analysis.js';
import { boxesOf, MOST_OUTLIERS, outliersOf, valueOf } from './box-query.js';
import { BoxParameters } from './box.parameters.js';

export type BoxData = Pick<BoxPicture, 'groups' | 'colors' | 'boxes' | 'outliers' | 'notes'>;

/** How the values of a column are spread, in each group of rows. */
export default definePlot<BoxParameters, BoxData>({
  name: 'box',
  title: 'Box plot',
  description:
    'Draws a box from the first to the third quartile of a column for each group of rows, with its median, whiskers to the last values within 1.5 interquartile ranges, and the values beyond them.',
  params: BoxParameters,
  example: { x: 'recclass', y: 'mass (g)', yScale: 'log' },

  complete(params, schema) {
    for (const name of ['xScale', 'xMin', 'xMax'] as const) {
      if (params[name] === undefined) continue;
      const message = 'the boxes are groups, which have no scale; use a filter';
      throw Problem.field('invalid-parameter', `params.${name}`, message);
    }
    checkAxes(params, schema, [], [params.y]);
    return params;
  },

  async query(params, dataset) {
    const value = valueOf(params.y, params.yScale === 'log');
    const groups = await divided(params, dataset, value);
    const colors =
      params.color === undefined
        ? null
        : await groupsOf(dataset, {
            column: params.color,
            most: MOST_COLORS,
            rank: 'count(*)',
            sort: { by: 'value', value: 'count(*)' },
            ranked: 'those with the most rows',
          });
    const at = [value, groups.index, colors?.index ?? '0'] as const;
    const boxes = await boxesOf(dataset, ...at);
    const outliers = await outliersOf(dataset, ...at);
    const beyond = boxes.reduce((sum, box) => sum + box.outliers, 0);
    const cut = `of ${count(beyond)} outliers drawn, the ${String(MOST_OUTLIERS)} farthest on each side of a box`;
    return {
      groups: groups.groups,
      ...(colors === null ? {} : { colors: colors.groups }),
      boxes,
      outliers,
      notes: [
        ...(await rowsNote(params, dataset, value)),
        ...groups.notes,
        ...(colors?.notes ?? []),
        ...(beyond > outliers.length ? [`${count(outliers.length)} ${cut}`] : []),
      ],
    };
  },

  picture(params, data, about) {
    const { schema } = about;
    const by = params.x === undefined ? '' : ` by ${params.x}`;
    return {
      kind: 'box',
      look: lookOf(params, about, `${params.y}${by}`),
      ...data,
      groups: { ...data.groups, label: params.xLabel ?? data.groups.label },
      value: axisRequest('y', params, columnOf(schema, params.y)),
      mean: params.agg === 'mean',
    };
  },
});

async function divided(
  { x, y, top, agg }: BoxParameters,
  dataset: DatasetReader,
  value: string,
): Promise<GroupQuery> {
  if (x === undefined) {
    return { groups: { label: '', names: [y], distinct: 1 }, index: '0', notes: [] };
  }
  return groupsOf(dataset, {
    column: x,
    most: top,
    rank: 'count(*)',
    sort:
      kindOf(dataset.column(x)) === 'text'
        ? { by: 'value', value: `${agg}(${value})` }
        : { by: 'name' },
    ranked: 'those with the most rows',
  });
}

async function rowsNote(
  { y, yScale }: BoxParameters,
  dataset: DatasetReader,
  value: string,
): Promise<string[]> {
  const [row] = await dataset.rows<{ n: number; missing: number; drawn: number }>(
    `SELECT count(*)::DOUBLE AS n, (count(*) - count(${quoteIdentifier(y)}))::DOUBLE AS missing, count(${value})::DOUBLE AS drawn FROM data`,
  );
  const { n = 0, missing = 0, drawn = 0 } = row ?? {};
  const rest = n - missing - drawn;
  return [
    reach(drawn, n, 'row'),
    ...some(missing, `without ${y}`),
    ...some(rest, yScale === 'log' ? LOG_NOTE : 'not finite'),
  ];
}
