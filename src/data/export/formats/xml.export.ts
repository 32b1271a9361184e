import { quoteIdentifier, quoteLiteral } from '../../identifier.js';
import { letters, NAMELESS } from '../../load/formats/xml-names.js';
import { outputExpression } from '../../query/output.js';
import type { Column } from '../../schema.js';
import type { ExportFormat } from '../export-format.js';

/**
 * `<data><record><mass_g name="mass (g)">21</mass_g></record></data>`: a column whose name is no tag
 * carries it as an attribute. Null is left out, an empty text is an empty element.
 */
export const xml: ExportFormat = {
  kind: 'text',
  type: 'application/xml; charset=utf-8',
  extension: 'xml',
  layout: ({ columns }) => ({
    row: `'<record>' || ${elements(columns).join(' || ')} || '</record>'`,
    before: `${DECLARATION}<data>\n`,
    between: '\n',
    after: '\n</data>\n',
    empty: `${DECLARATION}<data>\n</data>\n`,
  }),
  cannotHold: ({ columns }) =>
    columns
      .filter(({ type }) => type === 'text' || type === 'json')
      .map(({ name }) => ({
        column: name,
        test: `regexp_matches(${quoteIdentifier(name)}::VARCHAR, ${quoteLiteral(FORBIDDEN)})`,
        what: 'control characters, which XML 1.0 cannot hold',
      })),
};

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const FORBIDDEN = String.raw`[\x00-\x08\x0B\x0C\x0E-\x1F\x{FFFE}\x{FFFF}]`;

const NAME_START = String.raw`A-Z_a-z\xC0-\xD6\xD8-\xF6\xF8-\u02FF\u0370-\u037D\u037F-\u1FFF`;
const NAME = `${NAME_START}${String.raw`0-9.\-\xB7`}`;
const IS_TAG = new RegExp(`^(?!xml)[${NAME_START}][${NAME}]*$`, 'i');

function elements(columns: readonly Column[]): string[] {
  const tags = columns.map(({ name }) => (IS_TAG.test(name) ? name : tagOf(name)));
  return columns.map((column, index) => {
    const tag = tags[index] ?? NAMELESS;
    const alone = tags.filter((other) => other === tag).length === 1;
    return element(column, alone || tag === column.name ? tag : NAMELESS);
  });
}

function element(column: Column, tag: string): string {
  const { name, type } = column;
  const plain = tag === name && tag !== NAMELESS;
  const open = plain ? `<${tag}>` : `<${tag} name="${attribute(name)}">`;
  const value = `${outputExpression(column)}::VARCHAR`;
  const text = type === 'text' || type === 'json' ? escaped(value) : value;
  return `coalesce(${quoteLiteral(open)} || ${text} || ${quoteLiteral(`</${tag}>`)}, '')`;
}

function tagOf(name: string): string {
  const tag = name
    .replace(new RegExp(`[^${NAME}]+`, 'g'), '_')
    .replace(/^_+|_+$/g, '')
    .replace(new RegExp(`^(?=[^${NAME_START}]|xml)`, 'i'), '_');
  return IS_TAG.test(tag) && letters(tag) === letters(name) ? tag : NAMELESS;
}

const attribute = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** A carriage return would be read as a line feed, so it is written as a reference. */
const ESCAPES = [
  [`'&'`, '&amp;'],
  [`'<'`, '&lt;'],
  [`'>'`, '&gt;'],
  ['chr(13)', '&#13;'],
] as const;

function escaped(text: string): string {
  const replaced = ESCAPES.reduce((sql, [from, to]) => `replace(${sql}, ${from}, '${to}')`, text);
  return `CASE WHEN regexp_matches(${text}, '[&<>\\r]') THEN ${replaced} ELSE ${text} END`;
}
