import type { Session } from '../engine/session.js';
import { quoteIdentifier } from '../identifier.js';
import { kindOf, type Column, type Schema } from '../schema.js';
import type { Filter } from './filter.js';
import { finiteSql, sdSql } from './aggregate/functions.js';
import { outputExpression } from './output.js';
import { Parameters, whereSql } from './where.js';

/**
 * What the values of a column are like. `mean` and `sd` (of the sample, n - 1) and the quartiles
 * (linear interpolation between order statistics) are given for numbers.
 */
export interface ColumnSummary {
  readonly name: string;
  readonly type: string;
  readonly unit?: string;
  readonly count: number;
  readonly missing: number;
  readonly distinct: number;
  readonly min?: unknown;
  readonly max?: unknown;
  readonly mean?: number | null;
  readonly sd?: number | null;
  readonly quartiles?: readonly [number, number, number] | null;
  readonly top: readonly { readonly value: unknown; readonly count: number }[];
}

const TOP = 10;
const MAX_TOP_TEXT = 200;
/** Quartiles come from the counted values where at most this share of the values differ: to sort the others takes longer. */
const FEW = 0.2;

/** @returns rows that match, and one summary a column, from one state of the table */
export async function readSummary(
  session: Session,
  table: string,
  schema: Schema,
  filter: Filter,
  columns: readonly Column[],
): Promise<{ rows: number; columns: ColumnSummary[] }> {
  const parameters = new Parameters();
  const where = whereSql(schema, filter, parameters);
  const from = `(SELECT * FROM ${table} WHERE ${where})`;
  const numbers = columns.filter((column) => kindOf(column) === 'number');
  const estimates = numbers.map(({ name }) => `approx_count_distinct(${quoteIdentifier(name)})`);
  const [counted] = await session.rows(
    `SELECT ${['count(*)', ...estimates].join(', ')} FROM ${from}`,
    parameters.values,
  );
  const [rows = 0, ...different] = (counted ?? []).map(Number);
  const summaries: ColumnSummary[] = [];
  for (const column of columns) {
    const few = (different[numbers.indexOf(column)] ?? 0) <= FEW * rows;
    const texts: string[] = [];
    for (const sql of summarySql(column, from, few)) {
      texts.push(...(await session.texts(sql, parameters.values)));
    }
    const found = Object.assign({}, ...texts.map((text) => JSON.parse(text) as object)) as Found;
    summaries.push({
      name: column.name,
      type: column.type,
      ...(column.unit === undefined ? {} : { unit: column.unit }),
      missing: rows - found.count,
      ...found,
    });
  }
  return { rows, columns: summaries };
}

type Found = Pick<ColumnSummary, 'count' | 'distinct' | 'top'>;

/**
 * Statements whose texts together are the summary. Only what is shown is made text: of ten million times that takes
 * half a minute. Quartiles of many different values are a statement of their own, since the engine holds these
 * values beside its limit of memory: what the other has counted is gone by then.
 */
function summarySql(column: Column, from: string, few: boolean): string[] {
  const name = quoteIdentifier(column.name);
  const shown = outputExpression({ ...column, name: 'v' });
  const kind = kindOf(column);
  const value = column.type === 'text' ? `left(v, ${String(MAX_TOP_TEXT)})` : shown;
  const extremes = kind === 'number' || kind === 'time';
  const counts = [
    `'count': (SELECT coalesce(sum(n), 0)::BIGINT FROM counts)`,
    `'distinct': (SELECT count(*) FROM counts)`,
    ...(extremes
      ? [
          `'min': (SELECT ${shown} FROM (SELECT min(v) AS v FROM counts))`,
          `'max': (SELECT ${shown} FROM (SELECT max(v) AS v FROM counts))`,
        ]
      : []),
    ...(kind === 'number' ? MEAN_AND_SD : []),
    ...(kind === 'number' && few ? [QUARTILES_OF_FEW] : []),
    `'top': coalesce((SELECT list({'value': ${value}, 'count': n} ORDER BY n DESC, v) FROM top), [])`,
  ];
  const data = `data AS (SELECT ${name} AS v FROM ${from} WHERE ${name} IS NOT NULL)`;
  const first = `WITH ${data},
    counts AS (SELECT v, count(*) AS n FROM data GROUP BY v),
    top AS (SELECT v, n FROM counts ORDER BY n DESC, v LIMIT ${String(TOP)})${kind === 'number' && few ? PLACES : ''}
    SELECT to_json({${counts.join(', ')}})::VARCHAR`;
  if (kind !== 'number' || few) return [first];
  return [`WITH ${data} SELECT to_json({${QUARTILES_OF_MANY}})::VARCHAR`, first];
}

const MEAN_AND_SD = [
  `'mean': (SELECT ${finiteSql('favg(v::DOUBLE)')} FROM data)`,
  `'sd': (SELECT ${finiteSql(sdSql('v::DOUBLE'))} FROM data)`,
];

const QUARTILES = '[0.25, 0.5, 0.75]';

const QUARTILES_OF_MANY = `'quartiles': (SELECT quantile_cont(v::DOUBLE, ${QUARTILES}) FROM data)`;

/** The values at both sides of the place of each quartile in the order of all; only of numbers. */
const PLACES = `,
    ordered AS (SELECT v::DOUBLE AS v, sum(n) OVER (ORDER BY v) AS upto FROM counts),
    places AS (
      SELECT place,
        (SELECT min(v) FROM ordered WHERE upto > floor(place)) AS low,
        (SELECT min(v) FROM ordered WHERE upto > ceil(place)) AS high
      FROM (SELECT unnest(${QUARTILES}) * ((SELECT sum(n) FROM counts) - 1)::DOUBLE AS place))`;

const QUARTILES_OF_FEW = `'quartiles': (
    SELECT list(low + (high - low) * (place - floor(place)) ORDER BY place)
    FROM places WHERE place IS NOT NULL)`;
