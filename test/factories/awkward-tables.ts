import fc from 'fast-check';

import type { ColumnType } from '../../src/data/schema.js';

/** A table of values with which round trips go wrong: what a load is given as JSON, and its types. */
export interface AwkwardTable {
  readonly columns: readonly { readonly name: string; readonly type: ColumnType }[];
  readonly rows: readonly (readonly unknown[])[];
}

const NAMES = [
  'mass (g)',
  'a,b',
  '2nd note',
  'größe',
  'xmlish',
  'say "hi"',
  "it's",
  'a.b',
  'a',
  'a/b',
  'a_b',
  'column',
  '~tilde',
  'constructor',
  '__proto__',
  'true',
  'null',
  '#text',
  ': x',
  '- a',
  'name',
  'unit',
  'record',
  'data',
  '日本',
  '7',
  '=1+1',
  '<tag>',
  '😀',
  'type',
  'id',
];

const TEXTS = [
  '',
  ' ',
  ' leading and trailing ',
  '007',
  '1.50',
  '1e5',
  '+5',
  'null',
  'NULL',
  'NA',
  'NaN',
  'true',
  'yes',
  '~',
  '2024-01-01',
  '"',
  '""',
  "'",
  'say "hi", then',
  'one\ntwo',
  'one\r\ntwo\rthree',
  '\n',
  '\t',
  'a;b|c',
  '- a: b # c',
  '[1, 2]',
  '{"a": 1}',
  '<b>&amp;</b> ]]>',
  '=1+1',
  '\\',
  '\\n',
  '\\u0041',
  '😀👨‍👩‍👧',
  'e\u0301',
  '\u0085\u2028\u2029',
  '\u00a0',
  '\ufeff',
  '\u200b',
  '$1',
  '%s',
];

const VALUES: Record<ColumnType, fc.Arbitrary<unknown>> = {
  text: fc.oneof(
    fc.constantFrom(...TEXTS),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.stringMatching(/^[\n\r\t ",;|'\\<>&a0]{0,8}$/),
  ),
  integer: fc.oneof(
    fc.constantFrom(0, -1, 2 ** 53 - 1, -(2 ** 53 - 1)),
    fc.integer({ min: -1000, max: 1000 }),
  ),
  int64: fc.oneof(
    fc.constantFrom('9223372036854775807', '-9223372036854775808', '0', '9007199254740993'),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  ),
  number: fc.oneof(
    fc.constantFrom(
      0,
      -0,
      1e-300,
      -1e-300,
      5e-324,
      1.7976931348623157e308,
      0.1,
      1e22,
      123456789012345680,
    ),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  ),
  boolean: fc.boolean(),
  date: fc.constantFrom(
    '0001-01-01',
    '1582-10-10',
    '1969-12-31',
    '1970-01-01',
    '2024-02-29',
    '9999-12-31',
  ),
  timestamp: fc.constantFrom(
    '0001-01-01T00:00:00Z',
    '1883-11-18T12:03:58Z',
    '1969-12-31T23:59:59.999999Z',
    '1969-07-20T20:17:40.000001Z',
    '2016-12-31T23:59:59.5Z',
    '9999-12-31T23:59:59.999999Z',
  ),
  json: fc.constantFrom<unknown>(
    [],
    {},
    [null],
    { a: null, b: '007', c: 7, d: 1.5, e: true, f: 'true', g: '' },
    ['1', 1, '1.50', 'null', null, [[]], {}],
    { 'say "hi"': 'one\ntwo <b> & \\ 😀', nested: { list: [{ x: 1e-300 }, -0.5] } },
    [{ a: 1 }, { a: 2 }],
    ['~', 'yes', '2024-01-01', '- a', ' #'],
  ),
};

const TYPES = Object.keys(VALUES) as ColumnType[];

const columnOf = (rows: number): fc.Arbitrary<{ type: ColumnType; cells: unknown[] }> =>
  fc.constantFrom(...TYPES).chain((type) =>
    fc.record({
      type: fc.constant(type),
      cells: fc.oneof(
        { weight: 9, arbitrary: cellsOf(rows, fc.option(VALUES[type], { freq: 4 })) },
        { weight: 1, arbitrary: cellsOf(rows, fc.constant(null)) },
      ),
    }),
  );

const cellsOf = (rows: number, cell: fc.Arbitrary<unknown>): fc.Arbitrary<unknown[]> =>
  fc.array(cell, { minLength: rows, maxLength: rows });

/** Tables of one to eight columns and up to 30 rows, also such as have only nulls. */
export const awkwardTables: fc.Arbitrary<AwkwardTable> = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom(...NAMES), {
      minLength: 1,
      maxLength: 8,
      selector: (name) => name.toLowerCase(),
    }),
    fc.integer({ min: 1, max: 30 }),
  )
  .chain(([names, rows]) =>
    fc.tuple(...names.map(() => columnOf(rows))).map((columns) => ({
      columns: columns.map(({ type }, index) => ({ name: names[index] ?? '', type })),
      rows: Array.from({ length: rows }, (_, row) =>
        columns.map(({ cells }) => cells[row] ?? null),
      ),
    })),
  );

/** The table as lines of JSON: a load of them with its types is the beginning of a round trip. */
export function ndjsonOf({ columns, rows }: AwkwardTable): string {
  const line = (cells: readonly unknown[]): string =>
    `{${columns.map(({ name }, index) => `${JSON.stringify(name)}:${cellJson(cells[index])}`).join(',')}}`;
  return `${rows.map(line).join('\n')}\n`;
}

const cellJson = (cell: unknown): string => (Object.is(cell, -0) ? '-0.0' : JSON.stringify(cell));
