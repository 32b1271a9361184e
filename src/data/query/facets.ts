import { Problem } from '../../errors/problem.js';
import type { Session } from '../engine/session.js';
import { quoteIdentifier } from '../identifier.js';
import type { Column, Schema } from '../schema.js';
import { columnNamed, parseNames } from './names.js';
import { outputExpression, visibleColumns } from './output.js';
import type { PageRequest } from './page.js';
import { Parameters, whereSql } from './where.js';

const MOST_FACETS = 10;

export interface FacetRequest {
  readonly columns: readonly Column[];
  /** Most values of a column. */
  readonly size: number;
}

/** How often each value of a column occurs among the records that match. */
export interface Facet {
  readonly column: string;
  /** Most frequent first; those that occur equally often in their order. */
  readonly values: readonly {
    /** As JSON text. */
    readonly value: string;
    readonly count: number;
  }[];
  /** How many different values there are. */
  readonly distinct: number;
  /** Records with values beyond those. */
  readonly other: number;
  /** Records without a value. */
  readonly missing: number;
}

/** @throws Problem `unknown-column`, `invalid-parameter` */
export function parseFacets(schema: Schema, text: string, size: number): FacetRequest {
  const columns = visibleColumns(schema);
  const names = [...new Set(parseNames('facets', text).map(({ name }) => name))];
  if (names.length > MOST_FACETS) {
    const message = `must be at most ${String(MOST_FACETS)} columns`;
    throw Problem.field('invalid-parameter', 'facets', message);
  }
  return { columns: names.map((name) => columnNamed('facets', name, columns)), size };
}

/** Counts the values of all columns in one pass over the records. */
export async function readFacets(
  session: Session,
  { table, schema }: { readonly table: string; readonly schema: Schema },
  { filter }: Pick<PageRequest, 'filter'>,
  { columns, size }: FacetRequest,
): Promise<Facet[]> {
  const parameters = new Parameters();
  const where = whereSql(schema, filter, parameters);
  const rows = await session.rows(facetsSql(columns, table, where, size), parameters.values);
  return columns.map(({ name }, index) => {
    const own = rows.filter(([set]) => Number(set) === setOf(index, columns.length));
    const values = own.flatMap(([, value, count]) =>
      typeof value === 'string' ? [{ value, count: Number(count) }] : [],
    );
    const [, , all = 0, distinct = 0, missing = 0] = own.find(([, value]) => value === null) ?? [];
    const shown = values.reduce((sum, { count }) => sum + count, 0);
    return {
      ...{ column: name, values, distinct: Number(distinct) },
      ...{ other: Number(all) - shown, missing: Number(missing) },
    };
  });
}

/** DuckDB's number of the grouping set with this column alone: a bit for each column that is not in it. */
const setOf = (index: number, count: number): number => 2 ** count - 1 - 2 ** (count - 1 - index);

/** Rows of set, value as JSON, count; and for each set one with null, all counts, distinct, missing. */
function facetsSql(columns: readonly Column[], table: string, where: string, size: number): string {
  const names = columns.map((_, index) => `v${String(index)}`);
  const cells = columns.map(
    ({ name }, index) => `${quoteIdentifier(name)} AS ${names[index] ?? ''}`,
  );
  const ofSet = (make: (column: Column) => string): string =>
    `CASE part ${columns.map((column, index) => `WHEN ${String(setOf(index, columns.length))} THEN ${make({ ...column, name: names[index] ?? '' })}`).join(' ')} END`;
  const value = ofSet((column) => `to_json(${outputExpression(column)})::VARCHAR`);
  const order = names.join(', ');
  return `WITH counts AS MATERIALIZED (
      SELECT ${order}, GROUPING_ID(${order}) AS part, count(*) AS n
      FROM (SELECT ${cells.join(', ')} FROM ${table} WHERE ${where})
      GROUP BY GROUPING SETS (${names.map((name) => `(${name})`).join(', ')})),
    known AS (SELECT *, ${ofSet(({ name }) => `${name} IS NULL`)} AS missing FROM counts),
    top AS (SELECT *, row_number() OVER (PARTITION BY part ORDER BY n DESC, ${order}) AS place
      FROM known WHERE NOT missing QUALIFY place <= ${String(size)})
    SELECT part, NULL AS value, coalesce(sum(n) FILTER (NOT missing), 0), count(*) FILTER (NOT missing),
      coalesce(sum(n) FILTER (missing), 0), 0 AS place FROM known GROUP BY part
    UNION ALL SELECT part, ${value}, n, 0, 0, place FROM top ORDER BY place`;
}
