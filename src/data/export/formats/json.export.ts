import { recordExpression } from '../../query/output.js';
import type { ExportFormat, ExportTable } from '../export-format.js';

/** Blanks that DuckDB sets before each level. */
const LEVEL = 4;

/** A list of objects, one a line. */
export const json: ExportFormat = {
  kind: 'text',
  type: 'application/json; charset=utf-8',
  extension: 'json',
  layout: (table) => ({
    row: table.indent === 0 ? recordExpression(table.columns) : indented(table),
    before: `[\n${' '.repeat(table.indent)}`,
    between: `,\n${' '.repeat(table.indent)}`,
    after: '\n]\n',
    empty: '[]\n',
  }),
};

/** One object a line, without anything around them. */
export const ndjson: ExportFormat = {
  kind: 'text',
  type: 'application/x-ndjson; charset=utf-8',
  extension: 'ndjson',
  layout: ({ columns }) => ({
    row: recordExpression(columns),
    before: '',
    between: '\n',
    after: '\n',
    empty: '',
  }),
};

/** Line breaks in JSON stand between tokens only, so the blanks after each can be others. */
function indented({ columns, indent }: ExportTable): string {
  const lines = `string_split(json_pretty(${recordExpression(columns)}::JSON)::VARCHAR, chr(10))`;
  const levels = `(length(line) - length(ltrim(line, ' '))) // ${String(LEVEL)}`;
  const again = `repeat('${' '.repeat(indent)}', ${levels}) || ltrim(line, ' ')`;
  return `array_to_string(list_transform(${lines}, lambda line: ${again}), chr(10) || '${' '.repeat(indent)}')`;
}
