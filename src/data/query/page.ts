import type { Session } from '../engine/session.js';
import { quoteIdentifier } from '../identifier.js';
import { ROW_ID, type Column, type Schema } from '../schema.js';
import type { Filter } from './filter.js';
import { columnNamed, parseNames } from './names.js';
import { recordExpression, visibleColumns } from './output.js';
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

/** What a page is read from. */
export interface PageSource {
  readonly schema: Schema;
  readonly table: string;
  readonly versionTable: string;
  /** Number of the edit up to which the rows of the table lie in their order on disk. */
  readonly sortedUntil: number;
}

/** One page, its total and its version by one statement, and so from one state of the table. */
export async function readPage(
  session: Session,
  source: PageSource,
  request: PageRequest,
): Promise<Page> {
  if (request.order !== ROW_ORDER) return read(session, source, request, request.order);
  const asItLies = await read(session, source, request, null);
  if (asItLies.edit <= source.sortedUntil) return asItLies;
  return read(session, source, request, ROW_ORDER);
}

async function read(
  session: Session,
  { schema, table, versionTable }: PageSource,
  request: PageRequest,
  order: string | null,
): Promise<Page> {
  const { limit, offset } = request;
  const parameters = new Parameters();
  const where = whereSql(schema, request.filter, parameters);
  const facts = `(SELECT edit FROM ${versionTable}), ${request.total ? `(SELECT count(*) FROM ${table} WHERE ${where})` : 'NULL'}`;
  const rows = await session.rows(
    `SELECT ${facts}, ${recordExpression(request.columns)} FROM (SELECT * FROM ${table} WHERE ${where}
     ${order === null ? '' : `ORDER BY ${order}`} LIMIT ${String(limit + 1)} OFFSET ${String(offset)})`,
    parameters.values,
  );
  const [first] = rows.length > 0 ? rows : await session.rows(`SELECT ${facts}`, parameters.values);
  const records = rows.slice(0, limit).map(([, , record]) => String(record));
  return {
    records,
    edit: Number(first?.[0]),
    total: request.total ? Number(first?.[1]) : null,
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
