import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { isUtf8 } from 'node:buffer';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DuckDBInstance } from '@duckdb/node-api';

import { loadFile } from '../load-file.js';
import type { LoadOutcome, LoadRequest } from '../request.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'formats-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

interface Table {
  readonly outcome: LoadOutcome;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

async function read(content: string | Buffer, request: Partial<LoadRequest> = {}): Promise<Table> {
  const output = join(folder, 'out.duckdb');
  rmSync(output, { force: true });
  writeFileSync(join(folder, 'in'), content);
  const outcome = await loadFile({
    input: join(folder, 'in'),
    output,
    format: null,
    key: null,
    columns: {},
    declared: { columns: {}, key: null, time: null },
    delimiter: null,
    path: null,
    dateformat: null,
    onError: 'quarantine',
    plainText: typeof content === 'string' || (isUtf8(content) && !content.includes(0)),
    charset: null,
    maxBytes: 2 ** 30,
    threads: 1,
    memoryBytes: 256 * 2 ** 20,
    ...request,
  });
  const instance = await DuckDBInstance.create(output);
  const connection = await instance.connect();
  const result = await connection.runAndReadAll(
    'SELECT * EXCLUDE (_row) FROM records ORDER BY _row',
  );
  const rows = result.getRowObjectsJson();
  connection.closeSync();
  instance.closeSync();
  return { outcome, rows };
}

const namesAndTypes = ({ outcome }: Table): Record<string, string> =>
  Object.fromEntries(outcome.schema.columns.map(({ name, type }) => [name, type]));

const PEOPLE = [
  { id: '1', name: 'Ann', 'mass (g)': 1.5 },
  { id: '2', name: 'Bo', 'mass (g)': null },
];

describe('XML', () => {
  const people = `<?xml version="1.0"?>
    <doc><title>People</title><list>
      <person id="1"><name>Ann</name><mass_g name="mass (g)" unit="g">1.5</mass_g></person>
      <person id="2"><name>Bo</name></person>
    </list></doc>`;

  it('finds the element that repeats, attributes, units and names that are no tags', async () => {
    const table = await read(people);
    expect(table.outcome.report).toMatchObject({
      format: 'xml',
      found: { path: 'doc/list/person' },
    });
    expect(table.rows).toEqual(PEOPLE);
    expect(table.outcome.schema.columns[2]).toMatchObject({
      name: 'mass (g)',
      unit: 'g',
      nulls: 1,
    });
  });

  it.each(['doc/list/person', 'doc.list.person', 'person'])('takes %s as a path', async (path) => {
    expect((await read(people, { path })).rows).toEqual(PEOPLE);
  });

  it('names nested elements with dots and makes lists of those that repeat', async () => {
    const { rows, outcome } = await read(
      `<a><r><p><x>1</x><y>2</y></p><t>u</t><t>v</t><e></e><c cur="EUR">5</c></r><r><p><x>3</x></p><t>w</t></r></a>`,
    );
    expect(rows).toEqual([
      { 'p.x': '1', 'p.y': '2', t: '["u","v"]', e: '', 'c.cur': 'EUR', c: '5' },
      { 'p.x': '3', 'p.y': null, t: '["w"]', e: null, 'c.cur': null, c: null },
    ]);
    expect(outcome.schema.columns.find(({ name }) => name === 't')?.type).toBe('json');
  });

  it('reads one record, and records that are attributes only', async () => {
    expect((await read('<data><record><a>1</a><b>x</b></record></data>')).rows).toEqual([
      { a: '1', b: 'x' },
    ]);
    expect((await read('<osm><node id="1" lat="2.5"/><node id="2" lat="3"/></osm>')).rows).toEqual([
      { id: '1', lat: 2.5 },
      { id: '2', lat: 3 },
    ]);
  });

  it('keeps CDATA, entities, blanks and keys of prototypes as they are', async () => {
    const table = await read(
      '<d><r><a> x &amp; &#13;y </a><b><![CDATA[<b>]]></b><__proto__>p</__proto__></r><r><a>z</a></r></d>',
    );
    expect(table.rows[0]).toEqual({ a: ' x & \ry ', b: '<b>' }); // the driver leaves `__proto__` out
    expect(table.outcome.schema.columns.map(({ name }) => name)).toContain('__proto__');
  });

  it('keeps units that differ as they are reported', async () => {
    const { outcome } = await read('<d><r><m unit="g">1</m></r><r><m unit="kg">2</m></r></d>');
    expect(outcome.schema.columns[0]?.unit).toBeUndefined();
    expect(outcome.report.found['mixedUnits']).toEqual(['m']);
  });

  it.each([
    ['<a><b>1</b>\n  c>2</c></a>', 'line 2, column'],
    ['<a><b>1</b>', 'unclosed tag'],
    ['<a>&nope;</a>', 'undefined entity'],
    ['<a b=1/>', 'line 1'],
    ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'entity declarations are not read'],
    [`${'<a>'.repeat(300)}${'</a>'.repeat(300)}`, 'more than 200 elements lie in each other'],
    ['<a>text</a>', 'no element of the XML document repeats'],
    ['<a></a><b></b>', 'line 1'],
  ])('refuses %.40s', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  it('refuses a path that is not there and names near ones', async () => {
    await expect(read(people, { path: 'doc/list/persons' })).rejects.toMatchObject({
      code: 'unreadable-file',
      extras: { near: expect.arrayContaining(['doc/list/person']) as unknown },
    });
  });
});

describe('YAML', () => {
  it.each([
    ['- id: 1\n  name: Ann\n  mass (g): 1.5\n- {id: 2, name: Bo, mass (g): null}\n', null],
    ['---\npeople:\n- id: 1\n  name: Ann\n  "mass (g)": 1.5\n- id: 2\n  name: Bo\n', 'people'],
    ['id: [1, 2]\nname: [Ann, Bo]\nmass (g): [1.5, ~]\n', null],
    ['---\nid: 1\nname: Ann\nmass (g): 1.5\n---\nid: 2\nname: Bo\n', null],
    [
      'base: &b\n  name: Ann\n  mass (g): 1.5\npeople:\n- {<<: *b, id: 1}\n- {id: 2, name: Bo}\n',
      'people',
    ],
  ])('reads %j', async (text, path) => {
    const table = await read(text, { format: 'yaml' });
    expect(table.rows).toHaveLength(2);
    expect(table.rows).toEqual(PEOPLE.map((row) => expect.objectContaining(row) as unknown));
    expect(table.outcome.report.found['path'] ?? null).toBe(path);
  });

  it('loses no digit and no leading zero', async () => {
    const table = await read(
      '- a: 9223372036854775807\n  b: 0123\n  c: .nan\n- a: 1\n  b: 5\n  c: 2.5\n',
    );
    expect(table.outcome.report.format).toBe('yaml');
    expect(namesAndTypes(table)).toEqual({ a: 'int64', b: 'text', c: 'number' });
    expect(table.rows[0]).toEqual({ a: '9223372036854775807', b: '0123', c: null });
  });

  const bomb = ['a0: &a0 [x, x]']
    .concat(
      Array.from(
        { length: 40 },
        (_, i) => `a${String(i + 1)}: &a${String(i + 1)} [*a${String(i)}, *a${String(i)}]`,
      ),
    )
    .join('\n');
  it.each([
    [bomb, 'by its aliases'],
    ['- &a [*a]\n', 'contains itself'],
    ['a: [1\nb: }\n', 'line'],
    ['- a: 1\n  a: 2\n', 'duplicated mapping key'],
    ['['.repeat(100_000), 'maxDepth'],
    ['a: 1\nb: 2\n', 'no list of mappings'],
    ['- 1\n- 2\n', 'must be a JSON object'],
  ])('refuses %.30j', async (text, message) => {
    await expect(read(text, { format: 'yaml' })).rejects.toThrow(message);
  });
});

describe('GeoJSON', () => {
  const feature = (id: number, geometry: object | null, properties: object): object => ({
    type: 'Feature',
    id,
    geometry,
    properties,
  });
  const point = (...coordinates: number[]): object => ({ type: 'Point', coordinates });
  const collection = (...features: object[]): string =>
    JSON.stringify({ type: 'FeatureCollection', metadata: { n: 2 }, features });

  it('makes columns of properties and of points', async () => {
    const table = await read(
      collection(
        feature(1, point(1.5, 2), { name: 'a', more: { x: [1] } }),
        feature(2, point(-3, 4.25, 7), { name: 'b' }),
        feature(3, null, { name: 'c' }),
      ),
    );
    expect(table.outcome.report.format).toBe('geojson');
    expect(namesAndTypes(table)).toEqual({
      id: 'integer',
      name: 'text',
      more: 'json',
      longitude: 'number',
      latitude: 'number',
      altitude: 'integer',
    });
    expect(table.rows[1]).toMatchObject({ id: '2', longitude: -3, latitude: 4.25, altitude: '7' });
    expect(table.rows[2]).toMatchObject({ longitude: null, latitude: null });
    expect(table.outcome.schema.position).toEqual({ latitude: 'latitude', longitude: 'longitude' });
  });

  it('keeps other geometries as JSON', async () => {
    const line = {
      type: 'LineString',
      coordinates: [
        [1, 2],
        [3, 4],
      ],
    };
    const table = await read(
      collection(feature(1, line, { a: 1 }), feature(2, point(5, 6), { a: 2 })),
    );
    expect(namesAndTypes(table)).toMatchObject({ geometry: 'json', longitude: 'integer' });
    expect(JSON.parse(String(table.rows[0]?.['geometry']))).toEqual(line);
    expect(table.rows[1]).toMatchObject({ geometry: null, longitude: '5', latitude: '6' });
  });

  it('does not double what stands among the properties already', async () => {
    const table = await read(
      collection(
        feature(1, point(1.5, 2), { key: 1, reclat: 2, reclong: 1.5 }),
        feature(2, point(3, 4), { key: 2, reclat: 4, reclong: 3 }),
        feature(3, null, { key: 3, reclat: null, reclong: null }),
      ),
    );
    expect(Object.keys(namesAndTypes(table))).toEqual(['key', 'reclat', 'reclong']);
  });
});

describe('JSON', () => {
  it('may be an object of equally long lists, nested values and text included', async () => {
    const table = await read('{"a": [1, null], "b": ["x", "y,z"], "c": [[1], {"d": 2}]}');
    expect(table.rows).toEqual([
      { a: '1', b: 'x', c: '[1]' },
      { a: null, b: 'y,z', c: '{"d":2}' },
    ]);
    expect((await read('{"m": {"a": [1, 2]}}', { path: 'm' })).rows).toEqual([
      { a: '1' },
      { a: '2' },
    ]);
  });

  it.each(['{"a": [1], "b": [1, 2]}', '{"a": 1}', '{"a": []}', '{"a": [1], "b": "x"}'])(
    'refuses %s',
    async (text) => {
      await expect(read(text)).rejects.toThrow('equally long lists');
    },
  );

  it.each(['[]', '{"rows": []}', '[{}, {}]'])('refuses %s, which names no column', async (text) => {
    await expect(read(text, { format: 'json' })).rejects.toMatchObject({ code: 'unreadable-file' });
  });
});

describe('Parquet', () => {
  it('keeps its types', async () => {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const file = join(folder, 'x.parquet');
    await connection.run(`COPY (SELECT * FROM (VALUES
      (1::INTEGER, '007', 9223372036854775807::BIGINT, [1, 2], {'k': 'v'}, DATE '1969-12-31', TIMESTAMPTZ '2024-01-01 12:00:00+02', 1.50::DECIMAL(6,2), 'nan'::DOUBLE, true, 'NA'),
      (2, NULL, 5, NULL, NULL, NULL, NULL, NULL, 0.1, NULL, 'x')) AS t(i, "te xt", big, l, s, d, t, e, f, b, na))
      TO '${file}' (FORMAT parquet)`);
    connection.closeSync();
    instance.closeSync();
    const { readFileSync } = await import('node:fs');
    const table = await read(readFileSync(file));
    expect(table.outcome.report.format).toBe('parquet');
    expect(namesAndTypes(table)).toEqual({
      i: 'integer',
      'te xt': 'text',
      big: 'int64',
      l: 'json',
      s: 'json',
      d: 'date',
      t: 'timestamp',
      e: 'number',
      f: 'number',
      b: 'boolean',
      na: 'text',
    });
    expect(table.rows[0]).toEqual({
      i: '1',
      'te xt': '007',
      big: '9223372036854775807',
      l: '[1,2]',
      s: '{"k":"v"}',
      d: '1969-12-31',
      t: '2024-01-01 10:00:00',
      e: 1.5,
      f: null,
      b: true,
      na: 'NA',
    });
    expect(table.outcome.schema.columns.find(({ name }) => name === 'na')?.nulls).toBe(0);
    await expect(read(readFileSync(file), { maxBytes: 10 })).rejects.toMatchObject({
      code: 'payload-too-large',
    });
    await expect(read(readFileSync(file).subarray(0, 200))).rejects.toMatchObject({
      code: 'unreadable-file',
    });
  });
});

describe('separated text of other kinds', () => {
  it.each([
    ['x  y   z\n1  2.5 a\n3  4   "b c"\n', null],
    ['x   y  z\n1\t2.5\ta\n3\t4\tb c\n', null],
    ['x y z\n1 2.5 a\n3 4 "b c"\n', ' '],
    ['x^y^z\n1^2.5^a\n3^4^b c\n', '^'],
    ['x||y||z\n1||2.5||a\n3||4||b c\n', '||'],
  ])('reads %j', async (text, delimiter) => {
    expect((await read(text, { delimiter })).rows).toEqual([
      { x: '1', y: 2.5, z: 'a' },
      { x: '3', y: 4, z: 'b c' },
    ]);
  });

  it('leaves texts of several words alone', async () => {
    const { outcome } = await read('full name\nAda Lovelace\nAlan Turing\n');
    expect(outcome.schema.columns.map(({ name }) => name)).toEqual(['full name']);
  });

  it('tells line and value of rows that do not fit, behind broken rows and quoted line breaks', async () => {
    const text = 'a,b\n1,"x\ny"\n2\n\n3,z\nsoon,"q"\n4,5,6\n7,"v\n"\nlate,w\n';
    const { outcome } = await read(text, { columns: { a: { type: 'integer' } } });
    expect(outcome.report.refused).toBe(4);
    expect(outcome.rejects.map(({ line, value }) => [line, value])).toEqual([
      [4, '2'],
      [7, 'soon'],
      [8, '4,5,6'],
      [11, 'late'],
    ]);
  });
});

describe('encodings', () => {
  const text = 'name,n\nZürich “quoted”,1\nGenève,2\n';
  const rows = [
    { name: 'Zürich “quoted”', n: '1' },
    { name: 'Genève', n: '2' },
  ];
  const latin = Buffer.from(text.replace('“', '\x93').replace('”', '\x94'), 'latin1');
  it.each([
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.from(`\uFEFF${text}`)],
    ['utf-16le', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['utf-16be', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['utf-16le', Buffer.from(text, 'utf16le')],
    ['windows-1252', latin],
  ])('%s is found', async (encoding, bytes) => {
    const table = await read(bytes);
    expect(table.rows).toEqual(rows);
    expect(table.outcome.report.found['encoding']).toBe(encoding);
  });

  it('is taken from the media type or the XML declaration where it is not UTF-8', async () => {
    const cyrillic = Buffer.concat([
      Buffer.from('a,b\n'),
      Buffer.from([0xc4, 0xc1]),
      Buffer.from(',1\n'),
    ]);
    expect((await read(cyrillic, { charset: 'koi8-r' })).rows).toEqual([{ a: 'да', b: '1' }]);
    const xml = Buffer.from(
      '<?xml version="1.0" encoding="ISO-8859-2"?><d><r><a>\xB1</a></r></d>',
      'latin1',
    );
    expect((await read(xml)).rows).toEqual([{ a: 'ą' }]);
  });

  it('leaves damaged UTF-8 to the reader, which refuses the row', async () => {
    const damaged = Buffer.concat([
      Buffer.from('a,b\nä,ö\n'),
      Buffer.from([0xff]),
      Buffer.from(',1\nü,2\n'),
    ]);
    const { outcome } = await read(damaged);
    expect(outcome.report).toMatchObject({ rows: 2, refused: 1 });
    expect(outcome.rejects[0]).toMatchObject({ line: 3, reason: 'not valid UTF-8' });
  });

  it.each([
    [Buffer.from('a,b\n1,2\n3,\0\n'), 'line 3 holds a NUL character'],
    [Buffer.from('PK\x03\x04rest'), 'save the sheet as CSV'],
  ])('refuses what is no text', async (bytes, message) => {
    await expect(read(bytes)).rejects.toThrow(message);
  });
});
