import { describe, expect, it } from '@jest/globals';

import { fileLoads } from '../../../test/factories/file-loads.js';
import type { LoadOutcome } from './request.js';

const typesOf = ({ schema }: LoadOutcome): string[] => schema.columns.map(({ type }) => type);

const { load, query } = fileLoads();

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

  it.each([
    ['5x', 'text', 'VARCHAR', '5x'],
    ['5.5', 'number', 'DOUBLE', 5.5],
    ['', 'integer', 'BIGINT', null],
  ])(
    'hold for a late %j too, which neither the first rows nor the ends of the column show: %s',
    async (late, type, sqlType, value) => {
      const rows = Array.from(
        { length: 2000 },
        (_, i) => `${String(i)},${i === 1500 ? late : '7'}`,
      );
      // Texts before and behind the late one, so that it is at no end; the table is built with what these look like.
      const ends = ['10,1', '11,9'];
      const { schema, report } = await load(`id,v\n${[...ends, ...rows].join('\n')}\n`);
      expect([schema.columns[1]?.type, report.rows]).toEqual([type, 2002]);
      const found = await query('SELECT typeof(v), v FROM records WHERE _row = 1503');
      expect(found.getRows()).toEqual([[sqlType, value]]);
      const all = await query('SELECT count(v), min(v)::VARCHAR, max(v)::VARCHAR FROM records');
      expect(all.getRows()).toEqual([
        [late === '' ? 2001n : 2002n, ...(type === 'number' ? ['1.0', '9.0'] : ['1', '9'])],
      ]);
    },
  );

  it('that the first rows look to have, and that do not hold, change nothing', async () => {
    await load('a,b\n2024-02-30,1\n2024-01-02,2\n');
    expect((await query('SELECT a FROM records')).getRows()).toEqual([
      ['2024-02-30'],
      ['2024-01-02'],
    ]);
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
    expect((await query('SELECT * FROM records')).getRows()).toEqual([[1n, 1n, 2n, 3n, 4n]]);
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
    const rows = await query('SELECT t::VARCHAR FROM records ORDER BY _row');
    expect(rows.getRows()).toEqual([['2018-02-07 01:26:13.84'], ['1969-12-31 23:59:59.999']]);
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
