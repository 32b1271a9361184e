import { quoteIdentifier, quoteLiteral } from '../identifier.js';
import { ROW_ID, type Column, type Schema } from '../schema.js';

/** The columns of a record as a caller sees them: without a key column its row number comes first. */
export function visibleColumns(schema: Schema): readonly Column[] {
  if (schema.key !== ROW_ID) return schema.columns;
  return [{ name: ROW_ID, type: 'integer', nulls: 0 }, ...schema.columns];
}

/** SQL for a column's value in answers: times in RFC 3339, 64-bit numbers as text. */
export function outputExpression({ name, type }: Column): string {
  const column = quoteIdentifier(name);
  if (type === 'int64' || type === 'date') return `${column}::VARCHAR`;
  if (type === 'timestamp') {
    return `(rtrim(rtrim(strftime(${column}, '%Y-%m-%dT%H:%M:%S.%f'), '0'), '.') || 'Z')`;
  }
  return column;
}

/** SQL for the members of a record as a struct. */
export const recordMembers = (columns: readonly Column[]): string =>
  columns.map((column) => `${quoteLiteral(column.name)}: ${outputExpression(column)}`).join(', ');

/** SQL for a whole record as JSON text. */
export const recordExpression = (columns: readonly Column[]): string =>
  `to_json({${recordMembers(columns)}})::VARCHAR`;

/** SQL for the values of a record as a JSON list of texts, in the form in which edits keep them. */
export function valuesExpression(columns: readonly Column[]): string {
  const cells = columns.map((column) =>
    column.type === 'json'
      ? `to_json(${quoteIdentifier(column.name)})::VARCHAR`
      : `${outputExpression(column)}::VARCHAR`,
  );
  return `to_json([${cells.join(', ')}])::VARCHAR`;
}
