import { quoteIdentifier, quoteLiteral } from '../../identifier.js';
import { outputExpression } from '../../query/output.js';
import type { Column } from '../../schema.js';
import type { ExportFormat } from '../export-format.js';

/** A list of mappings, one column a line. Texts are in double quotes, so none is taken for a number. */
export const yaml: ExportFormat = {
  kind: 'text',
  type: 'application/yaml; charset=utf-8',
  extension: 'yaml',
  layout: ({ columns }) => ({
    row: `'- ' || ${columns.map(line).join(` || chr(10) || '  ' || `)}`,
    before: '',
    between: '\n',
    after: '\n',
    empty: '[]\n',
  }),
};

const PLAIN_KEY = /^[A-Za-z][\w ()./%-]*$/;
const RESERVED = /^(true|false|null|yes|no|on|off|y|n)$/i;

function line(column: Column): string {
  const { name } = column;
  const key = PLAIN_KEY.test(name) && !RESERVED.test(name) ? name : JSON.stringify(name);
  return `${quoteLiteral(`${key}: `)} || coalesce(${value(column)}, 'null')`;
}

function value(column: Column): string {
  const shown = outputExpression(column);
  switch (column.type) {
    case 'text':
      return printable(`to_json(${shown})::VARCHAR`);
    case 'json':
      return printable(`${quoteIdentifier(column.name)}::VARCHAR`);
    case 'number':
      return float(`${shown}::VARCHAR`);
    case 'integer':
    case 'boolean':
      return `${shown}::VARCHAR`;
    default:
      return `'"' || ${shown} || '"'`;
  }
}

/** YAML 1.1 readers take `1e+22` for a text; they want `1.0e+22`. */
const float = (text: string): string =>
  `CASE WHEN contains(${text}, 'e') THEN regexp_replace(${text}, '^(-?[0-9]+)e', '\\1.0e') ELSE ${text} END`;

/** JSON leaves some characters as they are which YAML wants escaped. */
const UNPRINTABLE = [
  0x7f,
  ...Array.from({ length: 32 }, (_, n) => 0x80 + n),
  0xfffe,
  0xffff,
].filter((code) => code !== 0x85);
const UNPRINTABLE_TEST = String.raw`[\x7F-\x{84}\x{86}-\x{9F}\x{FFFE}\x{FFFF}]`;

function printable(text: string): string {
  const escaped = UNPRINTABLE.reduce(
    (sql, code) =>
      `replace(${sql}, chr(${String(code)}), '\\u${code.toString(16).padStart(4, '0')}')`,
    text,
  );
  return `CASE WHEN regexp_matches(${text}, ${quoteLiteral(UNPRINTABLE_TEST)}) THEN ${escaped} ELSE ${text} END`;
}
