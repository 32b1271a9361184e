import { quoteIdentifier, quoteLiteral } from '../identifier.js';
import { outputExpression, recordExpression } from '../query/output.js';
import type { Column } from '../schema.js';

/** How a table is written as text: what stands before, between and after its rows. */
export interface ExportFormat {
  readonly type: string;
  readonly extension: string;
  /** SQL for one row as text. */
  readonly row: (columns: readonly Column[]) => string;
  readonly before: (columns: readonly Column[]) => string;
  readonly between: string;
  readonly after: string;
}

export const EXPORT_FORMATS = {
  json: {
    type: 'application/json; charset=utf-8',
    extension: 'json',
    row: recordExpression,
    before: () => '[\n',
    between: ',\n',
    after: '\n]\n',
  },
  ndjson: {
    type: 'application/x-ndjson; charset=utf-8',
    extension: 'ndjson',
    row: recordExpression,
    before: () => '',
    between: '\n',
    after: '\n',
  },
  csv: {
    type: 'text/csv; charset=utf-8',
    extension: 'csv',
    row: csvRow,
    before: (columns) => `${columns.map(({ name }) => csvText(name)).join(',')}\r\n`,
    between: '\r\n',
    after: '\r\n',
  },
} as const satisfies Record<string, ExportFormat>;

export type ExportName = keyof typeof EXPORT_FORMATS;
export const EXPORT_NAMES = Object.keys(EXPORT_FORMATS) as ExportName[];

const NEEDS_QUOTES = '[",\\r\\n]';

const csvText = (text: string): string =>
  text === '' || new RegExp(NEEDS_QUOTES).test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** RFC 4180: null is empty, an empty text is "". */
function csvRow(columns: readonly Column[]): string {
  const cells = columns.map((column) => {
    if (column.type !== 'text' && column.type !== 'json') {
      return `coalesce(${outputExpression(column)}::VARCHAR, '')`;
    }
    const text = `${quoteIdentifier(column.name)}::VARCHAR`;
    const quoted = `'"' || replace(${text}, '"', '""') || '"'`;
    return `CASE WHEN ${text} IS NULL THEN '' WHEN ${text} = '' OR regexp_matches(${text}, ${quoteLiteral(NEEDS_QUOTES)}) THEN ${quoted} ELSE ${text} END`;
  });
  return `concat_ws(',', ${cells.join(', ')})`;
}
