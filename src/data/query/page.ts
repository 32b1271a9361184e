import type { Session } from '../engine/session.js';
import { quoteIdentifier } from '../identifier.js';
import { ROW_ID, type Column, type Schema } from '../schema.js';
import type { Filter } from './filter.js';
import { columnNamed, parseNames } from './names.js';
import { recordExpression, visibleColumns } from './output.js';
import type { Totals } from './totals.js';
import { Parameters, whereSql } from './where.js';

/** The order of the table itself. */
const ROW_ORDER = quoteIdentifier(ROW_ID);

export interface PageRequest {
  readonly filter: Filter;
  readonly columns: readonly Column[];
  readonly order: string;
  readonly limit: number;
  readonly offset: number;
  readonly total: boolean;
}

export interface Page {
  /** Records as JSON texts. */
  readonly records: readonly string[];
  /** How many match in all; null where that was not asked for. */
  readonly total: number | null;
  readonly more: boolean;
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
    select: (facts, rows) => `SELECT ${facts}, ${record} FROM (SELECT * FROM ${rows})`,
    // A second pass over the column of the filter, but not one row has to be kept for it.
    total: (table, where) => `(SELECT count(*) FROM ${table} WHERE ${where})`,
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
    select: (facts, rows) => `SELECT ${facts}, ${ROW_ORDER} FROM ${rows}`,
    total: () => 'count(*) OVER ()', // keeps all rows that match until they are counted
  });
  return { ...page, places: found.map(Number) };
}

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
  if (request.order !== ROW_ORDER) return read(session, source, request, request.order, shape);
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
  const { schema, table, versionTable, totals } = source;
  const { limit, offset } = request;
  const parameters = new Parameters();
  const where = whereSql(schema, request.filter, parameters);
  const asked = JSON.stringify([where, parameters.values]);
  const known = request.total ? totals.at(source.applied, asked) : null;
  const edit = `(SELECT edit FROM ${versionTable})`;
  const counting = request.total && known === null;
  const rows = await session.rows(
    shape.select(
      `${edit}, ${counting ? shape.total(table, where) : 'NULL'}`,
      `${table} WHERE ${where} ${order === null ? '' : `ORDER BY ${order}`} LIMIT ${String(limit + 1)} OFFSET ${String(offset)}`,
    ),
    parameters.values,
  );
  // Beyond the last row nothing comes back, not even the total.
  const count = `SELECT ${edit}, count(*) FROM ${table} WHERE ${where}`;
  const [first] = rows.length > 0 ? rows : await session.rows(count, parameters.values);
  const at = Number(first?.[0]);
  const moved = known !== null && at !== source.applied;
  const filled = rows.length === 0 && Number(first?.[1]) > offset;
  if (moved || filled) return read(session, source, request, order, shape); // an edit came between
  const total = request.total ? (known ?? Number(first?.[1])) : null;
  if (total !== null) totals.keep(at, asked, total);
  return {
    found: rows.slice(0, limit).map((row) => row[2]),
    edit: at,
    total,
    more: rows.length > limit,
  };
}

/** @throws Problem `unknown-column` */
export function parseFields(schema: Schema, fields: string | undefined): readonly Column[] {
  const columns = visibleColumns(schema);
  if (fields === undefined) return columns;
  const names = new Set(parseNames('fields', fields).map(({ name }) => name));
  return [...names].map((name) => columnNamed('fields', name, columns));
}

/**
 * SQL to order by: the columns asked for with nulls last, then the order of the table.
 * @throws Problem `unknown-column`
 */
export function parseOrder(schema: Schema, sort: string | undefined): string {
  const columns = visibleColumns(schema);
  const wanted = sort === undefined ? [] : parseNames('sort', sort);
  const terms = wanted.map(({ name, descending }) => {
    const column = columnNamed('sort', name, columns);
    return `${quoteIdentifier(column.name)} ${descending ? 'DESC' : 'ASC'} NULLS LAST`;
  });
  return [...terms, ROW_ORDER].join(', ');
}
