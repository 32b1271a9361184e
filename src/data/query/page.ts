import type { Session } from '../engine/session.js';
import { quoteIdentifier } from '../identifier.js';
import { ROW_ID, type Column, type Schema } from '../schema.js';
import type { Filter } from './filter.js';
import { columnNamed, parseNames } from './names.js';
import { recordExpression, visibleColumns } from './output.js';
import { Parameters, whereSql } from './where.js';

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
}

/** One page, and its total, from one state of the table. */
export async function readPage(
  session: Session,
  table: string,
  schema: Schema,
  request: PageRequest,
): Promise<Page> {
  const { limit, offset } = request;
  const parameters = new Parameters();
  const where = whereSql(schema, request.filter, parameters);
  const page = `SELECT * FROM ${table} WHERE ${where} ORDER BY ${request.order} LIMIT ${String(limit + 1)} OFFSET ${String(offset)}`;
  const records = await session.texts(
    `SELECT ${recordExpression(request.columns)} FROM (${page})`,
    parameters.values,
  );
  const more = records.length > limit;
  if (more) records.pop();
  return { records, total: request.total ? await total() : null, more };

  async function total(): Promise<number> {
    if (!more && (records.length > 0 || offset === 0)) return offset + records.length;
    const rows = await session.rows(
      `SELECT count(*) FROM ${table} WHERE ${where}`,
      parameters.values,
    );
    return Number(rows[0]?.[0]);
  }
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
  return [...terms, quoteIdentifier(ROW_ID)].join(', ');
}
