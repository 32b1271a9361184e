import { isUtf8 } from 'node:buffer';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DuckDBInstance } from '@duckdb/node-api';

import { loadFile } from './load-file.js';
import type { LoadOutcome, LoadRequest } from './request.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'load-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function load(text: string | Buffer, request: Partial<LoadRequest> = {}): Promise<LoadOutcome> {
  rmSync(join(folder, 'out.duckdb'), { force: true });
  writeFileSync(join(folder, 'in'), text);
  return loadFile({
    input: join(folder, 'in'),
    output: join(folder, 'out.duckdb'),
    format: null,
    key: null,
    columns: {},
    expected: [],
    declared: { columns: {}, key: null, time: null },
    delimiter: null,
    path: null,
    dateformat: null,
    onError: 'quarantine',
    plainText: typeof text === 'string' || (isUtf8(text) && !text.includes(0)),
    charset: null,
    maxBytes: 2 ** 30,
    threads: 1,
    memoryBytes: 256 * 2 ** 20,
    ...request,
  });
}

/** All values of a column of the table that was made, in their order. */
async function texts(column: string): Promise<unknown[]> {
  const instance = await DuckDBInstance.create(join(folder, 'out.duckdb'));
  const connection = await instance.connect();
  const rows = await connection.runAndReadAll(`SELECT "${column}" FROM records ORDER BY _row`);
  connection.closeSync();
  instance.closeSync();
  return rows.getRows().flat();
}

const typesOf = ({ schema }: LoadOutcome): string[] => schema.columns.map(({ type }) => type);

describe('column types', () => {
  it.each([
    ['1', '-5', 'integer'],
    ['9007199254740991', '1', 'integer'],
    ['9007199254740992', '1', 'int64'],
    ['9223372036854775808', '1', 'text'],
    ['1', '2.5', 'number'],
    ['.5', '1e-300', 'number'],
    ['1e999', '1', 'text'],
    ['007', '1', 'text'],
    ['+5', '1', 'text'],
    ['5.', '-0', 'number'],
    ['true', 'FALSE', 'boolean'],
    ['2024-01-01', '1969-12-31', 'date'],
    ['2024/01/31', '2024-01-02', 'date'],
    ['2024-02-30', '2024-01-02', 'text'],
    ['2024-01-01T00:00:00Z', '2024-01-01 12:30', 'timestamp'],
    ['2024-01-01T00:00:00+05:30', '2024-01-01', 'timestamp'],
    ['31/12/2024', '01/02/2024', 'text'],
    ['1_000', '2', 'text'],
    ['0x10', '2', 'text'],
    ['NA', '3', 'integer'],
    ['NaN', '3.5', 'number'],
    ['NA', 'NA', 'text'],
    ['NA', 'DE', 'text'],
    ['[1]', '{}', 'text'],
  ])('of %s and %s: %s', async (a, b, type) => {
    expect(typesOf(await load(`c,x\n"${a.replaceAll('"', '""')}",1\n${b},2\n`))[0]).toBe(type);
  });

  it('of nested JSON values is json', async () => {
    const outcome = await load('[{"a": {"b": 1}, "c": "x"}, {"a": [2], "c": null, "d": 1}]');
    expect(outcome.schema.columns.map(({ name, type, nulls }) => [name, type, nulls])).toEqual([
      ['a', 'json', 0],
      ['c', 'text', 1],
      ['d', 'integer', 1],
    ]);
  });

  it('keeps keys of JSON objects that differ in letter case, and odd ones', async () => {
    const outcome = await load('[{"a": 1, "A": 2, "x/y~z": 3, "": 4}]');
    expect(outcome.schema.columns.map(({ name }) => name)).toEqual([
      'a',
      'A_2',
      'x/y~z',
      'column_4',
    ]);
    const instance = await DuckDBInstance.create(join(folder, 'out.duckdb'));
    const connection = await instance.connect();
    const rows = await connection.runAndReadAll('SELECT * FROM records');
    expect(rows.getRowsJson()).toEqual([['1', '1', '2', '3', '4']]);
    connection.closeSync();
    instance.closeSync();
  });
});

describe('key, time and position', () => {
  it.each([
    ['id,name\n1,a\n2,a\n', 'id'],
    ['name,hgnc_id\nb,HGNC:1\nc,HGNC:2\n', 'hgnc_id'],
    ['date,t\n2024-01-01,5\n2024-01-02,5\n', 'date'],
    ['t,name\n5.5,a\n6.5,b\n', '_row'],
    ['id,name\n1,a\n1,b\n', '_row'],
    ['id,name\n1,a\n,b\n', '_row'],
  ])('the key of %j is %s', async (csv, key) => {
    expect((await load(csv)).schema.key).toBe(key);
  });

  it('are found by type and name', async () => {
    const { schema } = await load('place,Year,lat,Longitude\na,1999,1.5,2\nb,2000,2.5,3\n');
    expect(schema).toMatchObject({
      time: 'Year',
      position: { latitude: 'lat', longitude: 'Longitude' },
    });
  });

  it('come from a declaration as far as the file has such columns', async () => {
    const declared = {
      columns: { year: { type: 'integer' as const }, gone: { type: 'number' as const } },
      key: 'gone',
      time: 'year',
    };
    const { schema } = await load('year,v\n0860,a\n1999,b\n', { declared });
    expect(schema).toMatchObject({ time: 'year', key: 'year' });
    expect(schema.columns[0]?.type).toBe('integer');
  });
});

describe('separated text', () => {
  it.each([
    ['a;b\n1;2\n', ';'],
    ['a|b\n1|2\n', '|'],
    ['a\tb\n1\t2\n', '\t'],
    ['\uFEFFa,b\r\n1,2\r\n', ','],
  ])('%j is separated by %j', async (text, delimiter) => {
    const { schema, report } = await load(text);
    expect(schema.columns.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(report.found['delimiter'] ?? '\t').toBe(delimiter);
    expect(report.rows).toBe(1);
  });

  it('may have no rows at all', async () => {
    const { schema, report } = await load('a,b\n');
    expect([schema.columns.length, report.rows, schema.key]).toEqual([2, 0, '_row']);
  });

  it('of which no row fits is no table', async () => {
    await expect(load('a b\n1,2\n3,4\n', { delimiter: ',' })).rejects.toThrow(
      'no row could be read',
    );
  });

  it('keeps lines of megabytes, in small files and in large ones', async () => {
    const rows = Array.from(
      { length: 30 },
      (_, i) => `${String(i)},${'x'.repeat(i === 7 ? 12_000_000 : 100)}`,
    );
    expect((await load(`a,b\n${rows.join('\n')}\n`)).report).toMatchObject({
      rows: 30,
      refused: 0,
    });
    const few = `a,b\n1,short\n2,${'x'.repeat(5_000_000)}\n3,short\n`;
    expect((await load(few)).report).toMatchObject({ rows: 3, refused: 0 });
  });

  it('may end its lines in several ways, in small files and in large ones', async () => {
    const { report } = await load('a,b\r\n1,"x\r\ny"\n3,4\r5,6\r\n7\n');
    expect(report).toMatchObject({ rows: 3, refused: 1, rejects: [{ line: 6 }] });
    expect(await texts('b')).toEqual(['x\r\ny', '4', '6']);
    const lines = Array.from({ length: 170_000 }, (_, i) => `${String(i)},${'x'.repeat(100)}`);
    const long = `a,b\n${lines.join('\n')}\r\n1,2\n`;
    expect((await load(long)).report).toMatchObject({ rows: 170_001, refused: 0 });
  });

  it('is the same where threads share it, whatever stands in quotes', async () => {
    const quoted = ['"1,2,3\n4,""5"",6\n"', '"\r\n,\r\n"', 'plain', '""', '"a""\n""b,c"'];
    const wanted = Array.from({ length: 120_000 }, (_, i) => quoted[(i * 7 + (i >> 3)) % 5] ?? '');
    const rows = wanted.map((text, i) => `${String(i)},${text},${'x'.repeat(i % 40)}`);
    const { report } = await load(`a,b,c\n${rows.join('\n')}\n`, { threads: 2 });
    expect(report).toMatchObject({ rows: 120_000, refused: 0 });
    const plain = wanted.map((text) => text.replace(/^"(.*)"$/s, '$1').replaceAll('""', '"'));
    expect(await texts('b')).toEqual(plain);
    const bad = rows.with(100_000, '1,2');
    const again = await load(`a,b,c\n${bad.join('\n')}\n`, { threads: 2 });
    const line = bad.slice(0, 100_000).join('\n').split('\n').length + 2;
    expect(again.report).toMatchObject({ rows: 119_999, refused: 1, rejects: [{ line }] });
  });

  it('with a line of 20 MB is refused', async () => {
    const long = `a,b\n1,x\n2,${'x'.repeat(20_000_000)}\n${'3,y\n'.repeat(100)}`;
    await expect(load(long)).rejects.toThrow('a line is longer than');
  });

  it('with 10,000 columns is refused', async () => {
    const header = Array.from({ length: 10_000 }, (_, i) => `c${String(i)}`).join(',');
    await expect(load(`${header}\n`)).rejects.toThrow('at most 4096 are read');
  });
});

describe('dates and times in a form of their own', () => {
  it('are read where every value has the form, or the type was given', async () => {
    const text = 'd,t,n\n31/12/1999,31/12/1999,5\nNA,soon,6\n01/02/2024,x,7\n';
    const outcome = await load(text, { dateformat: '%d/%m/%Y' });
    expect(typesOf(outcome)).toEqual(['date', 'text', 'integer']);
    const given = await load(text, { dateformat: '%d/%m/%Y', columns: { t: { type: 'date' } } });
    expect(given.report).toMatchObject({ rows: 1, refused: 2 });
    expect(given.rejects[0]).toMatchObject({ line: 3, column: 't', value: 'soon' });
  });

  it('may be numbers since 1970, where the type was given', async () => {
    const columns = { t: { type: 'timestamp' as const } };
    const outcome = await load('t,u\n1517966773840,1\n-1,2\n', { dateformat: 'epoch_ms', columns });
    expect(typesOf(outcome)).toEqual(['timestamp', 'integer']);
    const instance = await DuckDBInstance.create(join(folder, 'out.duckdb'));
    const connection = await instance.connect();
    const rows = await connection.runAndReadAll('SELECT t::VARCHAR FROM records ORDER BY _row');
    expect(rows.getRows()).toEqual([['2018-02-07 01:26:13.84'], ['1969-12-31 23:59:59.999']]);
    connection.closeSync();
    instance.closeSync();
  });

  it.each(['%', 'days', '%Q'])('refuse the form %s', async (dateformat) => {
    await expect(load('d\nx\n', { dateformat })).rejects.toThrow('dateformat');
  });
});

describe('refused rows', () => {
  it('fail the load where it was asked to keep all', async () => {
    const text = 'a\n1\nx\n2\ny\n';
    const columns = { a: { type: 'integer' as const } };
    await expect(load(text, { columns, onError: 'fail' })).rejects.toMatchObject({
      code: 'rejected-rows',
      detail: '2 rows do not fit; the first: "x" is no integer (line 3)',
      extras: {
        refused: 2,
        rejects: [
          { line: 3, value: 'x' },
          { line: 5, value: 'y' },
        ],
      },
    });
    expect((await load(text, { columns })).report).toMatchObject({ rows: 2, refused: 2 });
  });

  it('are counted all, and 10,000 are kept', async () => {
    const text = `a\n1\n${'x\n'.repeat(12_000)}`;
    const outcome = await load(text, { columns: { a: { type: 'integer' } } });
    expect(outcome.report).toMatchObject({ rows: 1, refused: 12_000 });
    expect([outcome.rejects.length, outcome.rejects.at(-1)?.line]).toEqual([10_000, 10_002]);
  });
});

describe('rows', () => {
  it.each(['n', 'rowid'])('keep their order, read by several threads: key %s', async (name) => {
    const lines = Array.from({ length: 60_000 }, (_, i) => `${String(i * 7)},"a\nb"`);
    const text = `${name},t\n${lines.join('\n')}\n`;
    expect((await load(text, { threads: 2 })).report).toMatchObject({ rows: 60_000, refused: 0 });
    const instance = await DuckDBInstance.create(join(folder, 'out.duckdb'));
    const connection = await instance.connect();
    const rows = await connection.runAndReadAll(
      `SELECT count(*), count(*) FILTER ("${name}" <> (_row - 1) * 7) FROM records`,
    );
    expect(rows.getRows()).toEqual([[60_000n, 0n]]);
    connection.closeSync();
    instance.closeSync();
  });
});
