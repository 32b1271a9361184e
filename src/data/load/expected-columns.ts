import { quoteIdentifier } from '../identifier.js';
import { ROW_ID } from '../schema.js';
import { selectFrom, type Source } from './source.js';

/**
 * A file of which the schema of its export is known: its columns come in that order, and in a format that
 * does not show columns without values all are there. Further columns of the file come behind them.
 */
export function withExpected(source: Source, expected: readonly string[]): Source {
  if (expected.length === 0) return source;
  const found = new Map(source.columns.map((column) => [column.name, column]));
  const further = source.columns.filter(({ name }) => !expected.includes(name));
  const known = expected
    .filter((name) => found.has(name) || (source.sparse === true && name !== ROW_ID))
    .map((name) => found.get(name) ?? { name });
  const cells = known.map(({ name }) => {
    const column = quoteIdentifier(name);
    return found.has(name) ? column : `NULL::VARCHAR AS ${column}`;
  });
  const names = [...cells, ...further.map(({ name }) => quoteIdentifier(name))].join(', ');
  const selected = selectFrom(source, (relation) => `(SELECT ${names} FROM ${relation})`);
  return { ...selected, columns: [...known, ...further] };
}
