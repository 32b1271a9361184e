import type { SqlValue } from '../../analyses/analysis.js';
import type { Session } from '../engine/session.js';
import type { Column, Schema } from '../schema.js';
import { behindSql, placeOf, placeSql, type Cursor, type Place } from './cursor.js';
import type { Filter } from './filter.js';
import { columnNamed, parseNames } from './names.js';
import { orderSql, ROW_ORDER, type Term } from './order.js';
import { recordExpression, visibleColumns } from './output.js';
import type { Totals } from './totals.js';
import { Parameters, whereSql } from './where.js';

export interface PageRequest {
  readonly filter: Filter;
  readonly columns: readonly Column[];
  readonly order: readonly Term[];
  readonly limit: number;
  readonly offset: number;
  /** The place behind which the page begins; null for the first records. */
  readonly after: Cursor | null;
  readonly total: boolean;
}

export interface Page {
  /** Records as JSON texts. */
  readonly records: readonly string[];
  /** How many match in all; null where that was not asked for. */
  readonly total: number | null;
  /** The place of the last record, where there are more behind it. */
  readonly place: Place | null;
  /** Number of the last edit that the page has seen. */
  readonly edit: number;
}

/** A page by the row numbers of its records, for one who has their texts at hand. */
export interface PlacesPage extends Omit<Page, 'records'> {
  readonly places: readonly number[];
}

/** What a page is read from. */
export interface PageSource {
  readonly schema: Schema;
  readonly table: string;
  readonly versionTable: string;
  /** Number of the last edit that was applied to the table. */
  readonly applied: number;
  /** Number of the edit up to which the rows of the table lie in their order on disk. */
  readonly sortedUntil: number;
  readonly totals: Totals;
}

/** One page, its total and its version by one statement, and so from one state of the table. */
export async function readPage(
  session: Session,
  source: PageSource,
  request: PageRequest,
): Promise<Page> {
  const record = recordExpression(request.columns);
  const { found, ...page } = await readInOrder(session, source, request, {
    select: (facts, rows) => `SELECT ${record}, ${facts} FROM (SELECT * FROM ${rows})`,
    total: countSql,
  });
  return { ...page, records: found.map(String) };
}

/** The same page without reading more columns than the question names. For small tables. */
export async function readPlaces(
  session: Session,
  source: PageSource,
  request: PageRequest,
): Promise<PlacesPage> {
  const { found, ...page } = await readInOrder(session, source, request, {
    select: (facts, rows) => `SELECT ${ROW_ORDER}, ${facts} FROM ${rows}`,
    // Keeps all rows that match until they are counted; behind a place they are not all rows.
    total: request.after === null ? () => 'count(*) OVER ()' : countSql,
  });
  return { ...page, places: found.map(Number) };
}

/** A second pass over the column of the filter, but not one row has to be kept for it. */
const countSql = (table: string, where: string): string =>
  `(SELECT count(*) FROM ${table} WHERE ${where})`;

interface Shape {
  readonly select: (facts: string, rows: string) => string;
  readonly total: (table: string, where: string) => string;
}

interface Rows extends Omit<Page, 'records'> {
  readonly found: readonly unknown[];
}

/** Without a wish the rows come as they lie, as long as no edit has put one behind the others. */
async function readInOrder(
  session: Session,
  source: PageSource,
  request: PageRequest,
  shape: Shape,
): Promise<Rows> {
  if (request.order.length > 0) {
    return read(session, source, request, orderSql(request.order), shape);
  }
  const asItLies = await read(session, source, request, null, shape);
  if (asItLies.edit <= source.sortedUntil) return asItLies;
  return read(session, source, request, ROW_ORDER, shape);
}

async function read(
  session: Session,
  source: PageSource,
  request: PageRequest,
  order: string | null,
  shape: Shape,
): Promise<Rows> {
  const { limit, offset } = request;
  const { sql, count, values, filter } = statements(source, request, order, shape);
  const known = request.total ? source.totals.at(source.applied, filter) : null;
  const rows = await session.rows(sql(request.total && known === null), values);
  // Beyond the last row nothing comes back, not even the total.
  const [first] = rows.length > 0 ? rows : await session.rows(count, values);
  const at = Number(first?.[1]);
  const moved = known !== null && at !== source.applied;
  const filled = rows.length === 0 && Number(first?.[0]) > offset;
  if (moved || filled) return read(session, source, request, order, shape); // an edit came between
  const total = request.total ? (known ?? Number(first?.[2])) : null;
  if (total !== null) source.totals.keep(at, filter, total);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    found: rows.slice(0, limit).map((row) => row[0]),
    edit: at,
    total,
    place: last === undefined ? null : placeOf(last.slice(3)),
  };
}

/**
 * DuckDB may look for the rows first and join their values then, which pays for rows far inside of the table and
 * costs milliseconds for the first ones. It does not where a filter holds for all and no offset is named.
 */
const FAR = 500_000;

interface Statements {
  /** The rows, one more than are wanted: record, edit, total if it is to be counted, place. */
  readonly sql: (counting: boolean) => string;
  /** How many rows there are from the place on; edit; how many match in all. */
  readonly count: string;
  readonly values: readonly SqlValue[];
  /** What tells this filter from others. */
  readonly filter: string;
}

function statements(
  { schema, table, versionTable }: PageSource,
  { filter, after, order: terms, limit, offset }: PageRequest,
  order: string | null,
  shape: Shape,
): Statements {
  const parameters = new Parameters();
  const where = whereSql(schema, filter, parameters);
  const asked = JSON.stringify([where, parameters.values]);
  const behind = after === null ? 'true' : behindSql(after, terms, parameters);
  const edit = `(SELECT edit FROM ${versionTable})`;
  const sorted = order === null ? '' : `ORDER BY ${order}`;
  const unfiltered = order === null && where === 'true' && behind === 'true';
  const matching = unfiltered && offset < FAR ? `${ROW_ORDER} >= 0` : `${where} AND ${behind}`;
  const from = offset === 0 ? '' : `OFFSET ${String(offset)}`;
  const rows = `${table} WHERE ${matching} ${sorted} LIMIT ${String(limit + 1)} ${from}`;
  return {
    sql: (counting) => {
      const total = counting ? shape.total(table, where) : 'NULL';
      return shape.select([edit, total, ...placeSql(terms)].join(', '), rows);
    },
    count: `SELECT count(*) FILTER (${behind}), ${edit}, count(*) FROM ${table} WHERE ${where}`,
    values: parameters.values,
    filter: asked,
  };
}

/** @throws Problem `unknown-column` */
export function parseFields(schema: Schema, fields: string | undefined): readonly Column[] {
  const columns = visibleColumns(schema);
  if (fields === undefined) return columns;
  const names = new Set(parseNames('fields', fields).map(({ name }) => name));
  return [...names].map((name) => columnNamed('fields', name, columns));
}
