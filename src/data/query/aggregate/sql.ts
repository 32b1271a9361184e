import { quoteIdentifier, quoteLiteral } from '../../identifier.js';
import { SQL_TYPES } from '../../load/text-values.js';
import type { ColumnType } from '../../schema.js';
import { outputExpression } from '../output.js';
import { fillSql } from './fill.js';
import { finiteSql, functionSql, typeOfResult } from './functions.js';
import { namesOf } from './parse.js';
import type { AggregateRequest } from './request.js';

/** First and last bucket of those that have to be there, in SQL's text form of a timestamp. */
export interface Grid {
  readonly from: string;
  readonly to: string;
}

/** Names in the SQL: g0, g1, ... for groups, b for the bucket. */
export const keysOf = ({ groups, bucket }: AggregateRequest): string[] => [
  ...groups.map((_, index) => `g${String(index)}`),
  ...(bucket === null ? [] : ['b']),
];

/** The groups that have records: a CTE with the columns of `keysOf`, and a0, a1, ... of the figures. */
export function foundSql(
  { groups, bucket, aggregates }: AggregateRequest,
  records: string,
): string {
  const time = bucket?.column.name ?? null;
  const keys = [
    ...groups.map(({ name }) => quoteIdentifier(name)),
    ...(bucket === null
      ? []
      : [`time_bucket(${bucket.step.interval}, ${quoteIdentifier(bucket.column.name)})`]),
  ];
  const names = keysOf({ groups, bucket, aggregates, fill: 'none', order: [] });
  const cells = [
    ...keys.map((key, index) => `${key} AS ${names[index] ?? ''}`),
    ...aggregates.map(
      ({ function: fn, column }, index) => `${functionSql(fn, column, time)} AS a${String(index)}`,
    ),
  ];
  const by = keys.length === 0 ? '' : `GROUP BY ${keys.map((_, i) => String(i + 1)).join(', ')}`;
  return `found AS MATERIALIZED (SELECT ${cells.join(', ')} FROM (${records}) ${by})`;
}

/** The CTE `answer`: what was found, with all buckets of the grid where there is one. */
export function answerSql(request: AggregateRequest, grid: Grid | null): string {
  const { bucket } = request;
  if (grid === null || bucket === null) return `answer AS (SELECT * FROM found)`;
  const keys = keysOf(request);
  const groups = keys.slice(0, -1);
  const [from, to] = [grid.from, grid.to].map((text) => `TIMESTAMP ${quoteLiteral(text)}`);
  const times = `(SELECT unnest(generate_series(${from ?? ''}, ${to ?? ''}, ${bucket.step.interval}))::${SQL_TYPES[bucket.column.type]} AS b)`;
  const all =
    groups.length === 0
      ? times
      : `(SELECT DISTINCT ${groups.join(', ')} FROM found) CROSS JOIN ${times}`;
  const figures = request.aggregates.map((_, index) => `a${String(index)}`);
  const same = keys.map((key) => `cells.${key} IS NOT DISTINCT FROM found.${key}`).join(' AND ');
  return `cells AS (SELECT ${keys.join(', ')} FROM ${all} UNION SELECT ${keys.join(', ')} FROM found),
    joined AS (SELECT ${[...keys.map((key) => `cells.${key}`), ...figures].join(', ')},
      found.b IS NULL AND cells.b IS NOT NULL AS missing FROM cells LEFT JOIN found ON ${same}),
    answer AS (SELECT ${[...keys, ...fillSql(request, groups)].join(', ')} FROM joined)`;
}

/** SQL for a row of `answer` as JSON text. */
export function rowJson(request: AggregateRequest): string {
  const { groups, bucket, aggregates } = request;
  const types: ColumnType[] = [
    ...groups.map(({ type }) => type),
    ...(bucket === null ? [] : [bucket.column.type]),
    ...aggregates.map(({ function: fn, column }) => typeOfResult(fn, column)),
  ];
  const aliases = aliasesOf(request);
  const members = namesOf(request).map((name, index) => {
    const cell = { name: aliases[index] ?? '', type: types[index] ?? 'text', nulls: 0 };
    const shown = outputExpression(cell);
    return `${quoteLiteral(name)}, ${cell.type === 'number' ? finiteSql(shown) : shown}`;
  });
  return `json_object(${members.join(', ')})::VARCHAR`;
}

/** SQL to order `answer` by: what was asked for, then the groups upwards; nulls last. */
export function orderSql(request: AggregateRequest): string {
  const aliases = aliasesOf(request);
  const names = namesOf(request);
  const asked = request.order.map(({ name, descending }) => {
    const alias = aliases[names.indexOf(name)] ?? '';
    return `${alias} ${descending ? 'DESC' : 'ASC'} NULLS LAST`;
  });
  return [...asked, ...keysOf(request).map((key) => `${key} NULLS LAST`), '1'].join(', ');
}

const aliasesOf = (request: AggregateRequest): string[] => [
  ...keysOf(request),
  ...request.aggregates.map((_, index) => `a${String(index)}`),
];
