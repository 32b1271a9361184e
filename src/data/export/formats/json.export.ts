import { recordExpression } from '../../query/output.js';
import type { ExportFormat, ExportTable } from '../export-format.js';

const INDENT = `chr(10) || '    '`;

/** A list of objects, one a line. */
export const json: ExportFormat = {
  kind: 'text',
  type: 'application/json; charset=utf-8',
  extension: 'json',
  layout: (table) => ({
    row: table.indent ? indented(table) : recordExpression(table.columns),
    before: table.indent ? '[\n    ' : '[\n',
    between: table.indent ? ',\n    ' : ',\n',
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

/** Line breaks in JSON stand between tokens only, so each can be followed by blanks. */
const indented = ({ columns }: ExportTable): string =>
  `replace(json_pretty(${recordExpression(columns)}::JSON)::VARCHAR, chr(10), ${INDENT})`;
