import { quoteIdentifier, quoteLiteral } from '../../identifier.js';
import { outputExpression } from '../../query/output.js';
import type { Column } from '../../schema.js';
import type { ExportFormat, ExportTable, TextLayout } from '../export-format.js';

/** RFC 4180: null is empty, an empty text is "". */
export const csv: ExportFormat = {
  kind: 'text',
  type: 'text/csv; charset=utf-8; header=present',
  extension: 'csv',
  layout: (table) => separated(table, ','),
};

/** The same with tabs, quotes included. */
export const tsv: ExportFormat = {
  kind: 'text',
  type: 'text/tab-separated-values; charset=utf-8',
  extension: 'tsv',
  layout: (table) => separated(table, '\t'),
};

/** Whatever a reader may take for a delimiter or for a byte-order mark is quoted, so that none does. */
const NEEDS_QUOTES = '[",;|\\t\\r\\n\uFEFF]';

function separated({ columns }: ExportTable, delimiter: string): TextLayout {
  const header = `${columns.map(({ name }) => quoted(name)).join(delimiter)}\r\n`;
  const cells = columns.map(cell).join(', ');
  const row = `concat_ws(${quoteLiteral(delimiter)}, ${cells})`;
  return { row, before: header, between: '\r\n', after: '\r\n', empty: header };
}

const quoted = (text: string): string =>
  new RegExp(NEEDS_QUOTES).test(text) ? `"${text.replaceAll('"', '""')}"` : text;

function cell(column: Column): string {
  if (column.type !== 'text' && column.type !== 'json') {
    return `coalesce(${outputExpression(column)}::VARCHAR, '')`;
  }
  const text = `${quoteIdentifier(column.name)}::VARCHAR`;
  return `CASE WHEN ${text} IS NULL THEN ''
    WHEN ${text} = '' OR regexp_matches(${text}, ${quoteLiteral(NEEDS_QUOTES)})
    THEN '"' || replace(${text}, '"', '""') || '"' ELSE ${text} END`;
}
