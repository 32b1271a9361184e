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
  const counted = await session.rows(`SELECT count(*) FROM ${from}`, parameters.values);
  const rows = Number(counted[0]?.[0]);
  const summaries: ColumnSummary[] = [];
  for (const column of columns) {
    const [text] = await session.texts(summarySql(column, from), parameters.values);
    const found = JSON.parse(text ?? '{}') as Pick<ColumnSummary, 'count' | 'distinct' | 'top'>;
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

/** Only what is shown is made text: of ten million times that takes half a minute. */
function summarySql(column: Column, from: string): string {
  const name = quoteIdentifier(column.name);
  const shown = outputExpression({ ...column, name: 'v' });
  const kind = kindOf(column);
  const value = column.type === 'text' ? `left(v, ${String(MAX_TOP_TEXT)})` : shown;
  const extremes = kind === 'number' || kind === 'time';
  const members = [
    `'count': (SELECT coalesce(sum(n), 0)::BIGINT FROM counts)`,
    `'distinct': (SELECT count(*) FROM counts)`,
    ...(extremes
      ? [
          `'min': (SELECT ${shown} FROM (SELECT min(v) AS v FROM counts))`,
          `'max': (SELECT ${shown} FROM (SELECT max(v) AS v FROM counts))`,
        ]
      : []),
    ...(kind === 'number' ? NUMBER_MEMBERS : []),
    `'top': coalesce((SELECT list({'value': ${value}, 'count': n} ORDER BY n DESC, v) FROM top), [])`,
  ];
  return `WITH data AS (SELECT ${name} AS v FROM ${from} WHERE ${name} IS NOT NULL),
    counts AS (SELECT v, count(*) AS n FROM data GROUP BY v),
    top AS (SELECT v, n FROM counts ORDER BY n DESC, v LIMIT ${String(TOP)})
    SELECT to_json({${members.join(', ')}})::VARCHAR`;
}

const NUMBER_MEMBERS = [
  `'mean': (SELECT ${finiteSql('favg(v::DOUBLE)')} FROM data)`,
  `'sd': (SELECT ${finiteSql(sdSql('v::DOUBLE'))} FROM data)`,
  `'quartiles': (SELECT quantile_cont(v::DOUBLE, [0.25, 0.5, 0.75]) FROM data)`,
];
