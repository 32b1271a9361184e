import { Problem } from '../../errors/problem.js';
import { quoteIdentifier } from '../identifier.js';
import { ROW_ID, type Column, type Schema } from '../schema.js';
import { columnNamed, parseNames } from './names.js';
import { visibleColumns } from './output.js';

/** One column to sort by. */
export interface Term {
  readonly column: Column;
  readonly descending: boolean;
}

/** The order of the table itself, and the last term of every other order. */
export const ROW_ORDER = quoteIdentifier(ROW_ID);

const MAX_TERMS = 32;

/**
 * The columns asked for, each once: a further mention of a column cannot change the order.
 * @throws Problem `unknown-column`, `invalid-parameter`
 */
export function parseSort(schema: Schema, sort: string | undefined): readonly Term[] {
  if (sort === undefined) return [];
  const columns = visibleColumns(schema);
  const terms = new Map<string, Term>();
  for (const { name, descending } of parseNames('sort', sort)) {
    const column = columnNamed('sort', name, columns);
    if (!terms.has(name)) terms.set(name, { column, descending });
  }
  if (terms.size <= MAX_TERMS) return [...terms.values()];
  throw Problem.field('invalid-parameter', 'sort', `must be at most ${String(MAX_TERMS)} columns`);
}

/** SQL to order by: the terms with nulls last, then the order of the table. */
export function orderSql(terms: readonly Term[]): string {
  const parts = terms.map(
    ({ column, descending }) =>
      `${quoteIdentifier(column.name)} ${descending ? 'DESC' : 'ASC'} NULLS LAST`,
  );
  return [...parts, ROW_ORDER].join(', ');
}
