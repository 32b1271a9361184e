import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { http, type PageBody, type ProblemBody } from '../support/http.js';
import { AlmanacProcess } from '../support/processes.js';

const CITIES = [
  'name,id,population,area (km²),founded,capital,note',
  'Zürich,1,434008,87.88,0015-01-01,false,""',
  'Genève,2,203951,15.93,1200-05-01,false,"a ""quoted"", note"',
  'Bern,3,134591,51.62,1191-01-01,true,',
  'São Paulo,4,NA,1521.11,1554-01-25,false,"two\nlines"',
].join('\n');

let api: AlmanacProcess;
const url = (path: string): string => `${api.url}${path}`;

beforeAll(async () => {
  api = await AlmanacProcess.api();
});
afterAll(async () => {
  await api.stop();
});

interface DatasetBody {
  readonly rows: number;
  readonly key: string;
  readonly time: string | null;
  readonly version: string;
  readonly columns: readonly {
    name: string;
    type: string;
    nulls: number;
    unit?: string;
    source?: string;
  }[];
  readonly report: {
    readonly format: string;
    readonly refused: number;
    readonly rejects: readonly {
      line?: number;
      record?: number;
      column?: string;
      reason: string;
    }[];
    readonly coerced: Readonly<Record<string, number>>;
    readonly renamed: Readonly<Record<string, string>>;
  };
}

const typesOf = ({ columns }: DatasetBody): Record<string, string> =>
  Object.fromEntries(columns.map(({ name, type }) => [name, type]));

async function load(
  name: string,
  body: string | Uint8Array,
  type: string,
  query = '',
): Promise<DatasetBody> {
  const answer = await http<DatasetBody>(url(`/datasets/${name}${query}`), {
    method: 'PUT',
    body,
    headers: { 'content-type': type },
  });
  if (answer.status > 201) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}

describe('loading a file', () => {
  it('reads CSV with types decided over the whole file, and reports what it did', async () => {
    const answer = await http<DatasetBody>(url('/datasets/cities'), {
      method: 'PUT',
      body: CITIES,
      headers: { 'content-type': 'text/csv' },
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe('/datasets/cities');
    expect(answer.headers.get('dataset-version')).toBe('1.0');
    expect(typesOf(answer.body)).toEqual({
      name: 'text',
      id: 'integer',
      population: 'integer',
      'area (km²)': 'number',
      founded: 'date',
      capital: 'boolean',
      note: 'text',
    });
    expect(answer.body).toMatchObject({ rows: 4, key: 'id', time: 'founded' });
    expect(answer.body.report).toMatchObject({
      format: 'csv',
      refused: 0,
      coerced: { population: 1 },
    });
    const record = await http(url('/datasets/cities/records/2'));
    expect(record.body['note']).toBe('a "quoted", note');
    expect((await http(url('/datasets/cities/records/1'))).body['note']).toBe('');
    expect((await http(url('/datasets/cities/records/3'))).body['note']).toBeNull();
  });

  it('finds a late value that breaks a type, and keeps leading zeros as text', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => `${String(i)},${String(i)},0${String(i)}`);
    const body = await load('late', `a,b,zip\n${rows.join('\n')}\n9001,twelve,01\n`, 'text/csv');
    expect(typesOf(body)).toEqual({ a: 'integer', b: 'text', zip: 'text' });
  });

  it.each([
    ['tsv', 'text/tab-separated-values', 'a\tb\n1\tx\n2\ty\n'],
    ['json', 'application/json', '[{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]'],
    [
      'json',
      'application/json',
      '{"meta": {"n": 2}, "rows": [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]}',
    ],
    ['ndjson', 'application/x-ndjson', '{"a": 1, "b": "x"}\n{"a": 2, "b": "y"}\n'],
  ])('reads %s, plain, gzipped and without a type', async (format, type, text) => {
    for (const [body, sent] of [
      [text, type],
      [gzipSync(text), type],
      [gzipSync(text), 'application/gzip'],
      [text, 'application/x-www-form-urlencoded'],
    ] as const) {
      const loaded = await load('forms', body, sent);
      expect(loaded.report.format).toBe(format);
      const page = await http<PageBody>(url('/datasets/forms/records'));
      expect(page.body.records).toEqual([
        { ...(loaded.key === '_row' ? { _row: 1 } : {}), a: 1, b: 'x' },
        { ...(loaded.key === '_row' ? { _row: 2 } : {}), a: 2, b: 'y' },
      ]);
    }
  });

  it('keeps whole numbers of 64 bits exactly', async () => {
    const body = await load('big', '[{"n": 9223372036854775807}, {"n": -5}]', 'application/json');
    expect(typesOf(body)).toEqual({ n: 'int64' });
    const page = await http<PageBody>(url('/datasets/big/records?fields=n&sort=n'));
    expect(page.body.records).toEqual([{ n: '-5' }, { n: '9223372036854775807' }]);
  });

  it('takes types and units beforehand, and refuses rows which do not fit, by record and reason', async () => {
    const schema = encodeURIComponent(
      '{"year": {"type": "integer", "unit": "a"}, "zip": "integer"}',
    );
    const csv = 'year,zip\n0860,01\nsoon,02\n1999,03\n';
    const body = await load('given', csv, 'text/csv', `?schema=${schema}`);
    expect(typesOf(body)).toEqual({ year: 'integer', zip: 'integer' });
    expect(body.columns.find(({ name }) => name === 'year')?.unit).toBe('a');
    expect(body.rows).toBe(2);
    expect(body.report.rejects).toEqual([
      { line: 3, record: 2, column: 'year', value: 'soon', reason: '"soon" is no integer' },
    ]);
  });

  it('refuses broken rows one by one with their line, a quoted line break before them or not', async () => {
    const csv = 'a,b\n1,"x\ny"\n2\n3,z\n4,5,6\n';
    const { report, rows } = await load('broken', csv, 'text/csv');
    expect(rows).toBe(2);
    expect(report.rejects).toEqual([
      { line: 4, value: '2', reason: 'too few fields' },
      { line: 6, value: '4,5,6', reason: 'too many fields' },
    ]);
  });

  it('counts a row once that is refused, under its number in the file', async () => {
    const schema = encodeURIComponent('{"celsius": "number"}');
    const csv = 'station;celsius\nA1;20.5\nB2;warm\nA1;21\n';
    const body = await load('stations', csv, 'text/csv', `?key=station&schema=${schema}`);
    expect(body).toMatchObject({ rows: 1, report: { refused: 2 } });
    expect(body.report.rejects).toEqual([
      { line: 3, record: 2, column: 'celsius', value: 'warm', reason: '"warm" is no number' },
      {
        line: 4,
        record: 3,
        column: 'station',
        value: 'A1',
        reason: 'the key "A1" is there twice',
      },
    ]);
  });

  it('reads lines of several megabytes', async () => {
    const long = 'x'.repeat(5_000_000);
    const body = await load('long', `a,b\n1,short\n2,${long}\n3,short\n`, 'text/csv');
    expect(body).toMatchObject({ rows: 3, report: { refused: 0 } });
    expect((await http(url('/datasets/long/records/2'))).body['b']).toHaveLength(5_000_000);
  });

  it('makes awkward column names usable and says which', async () => {
    const body = await load('names', 'A,a, b ,,"x,""y"""\n1,2,3,4,5\n', 'text/csv');
    expect(body.report.renamed).toEqual({ a_2: 'a', b: ' b ', column_4: '' });
    expect(body.columns.map(({ name }) => name)).toContain('x,"y"');
    const sorted = await http<PageBody>(
      url(`/datasets/names/records?fields=${encodeURIComponent('"x,""y""",A')}`),
    );
    expect(sorted.body.records).toEqual([{ 'x,"y"': 5, A: 1 }]);
  });

  it('refuses null and repeated keys where a key is given', async () => {
    const body = await load('keys', 'k,v\na,1\n,2\na,3\nb,4\n', 'text/csv', '?key=k');
    expect(body).toMatchObject({ rows: 2, key: 'k' });
    expect(body.report.rejects.map(({ record, reason }) => [record, reason])).toEqual([
      [2, 'the key is missing'],
      [3, 'the key "a" is there twice'],
    ]);
  });

  it.each([
    ['an empty file', '', 'text/csv', 422, 'unreadable-file'],
    ['a number as JSON', '5', 'application/json', 422, 'unreadable-file'],
    ['damaged JSON', '[{"a": 1}, {"a": tru}]', 'application/json', 422, 'unreadable-file'],
    ['a list of numbers', '[1, 2]', 'application/json', 422, 'unreadable-file'],
    [
      'a picture without its type',
      Buffer.from('\x89PNG\r\n\x1a\n\0\0\0'),
      'application/octet-stream',
      422,
      'unreadable-file',
    ],
    ['a picture', 'x', 'image/png', 415, 'unsupported-media-type'],
    ['damaged gzip', gzipSync('a,b\n1,2\n').subarray(0, 15), 'text/csv', 422, 'unreadable-file'],
  ])('refuses %s and leaves the old data', async (_, body, type, status, code) => {
    await load('stays', 'a\n1\n', 'text/csv');
    const answer = await http<ProblemBody>(url('/datasets/stays'), {
      method: 'PUT',
      body,
      headers: { 'content-type': type },
    });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.detail).not.toMatch(/\/tmp|\/work|\.upload/);
    expect((await http<PageBody>(url('/datasets/stays/records'))).body.total).toBe(1);
  });

  it.each([
    ['?key=nope', 'key'],
    ['?schema=[]', 'schema'],
    ['?schema={"a":"float"}', 'schema.a'],
    ['?schema={"zz":"text"}', 'schema.zz'],
    ['?kee=a', 'kee'],
  ])('names the field of a wrong parameter: %s', async (query, field) => {
    const answer = await http<ProblemBody>(url(`/datasets/wrong${query}`), {
      method: 'PUT',
      body: 'a\n1\n',
      headers: { 'content-type': 'text/csv' },
    });
    expect(answer.status).toBe(400);
    expect(answer.body.errors?.[0]?.field).toBe(field);
    expect((await http(url('/datasets/wrong'))).status).toBe(404);
  });

  it.each([{}, { 'content-type': 'text/csv' }])(
    'refuses a request without a body, with the headers %j',
    async (headers) => {
      const answer = await http<ProblemBody>(url('/datasets/nothing'), { method: 'PUT', headers });
      expect([answer.status, answer.body.detail]).toEqual([422, 'the file is empty']);
    },
  );

  it('refuses names which are no names', async () => {
    const answer = await http<ProblemBody>(url('/datasets/a%20b'), {
      method: 'PUT',
      body: 'a\n1\n',
    });
    expect(answer.status).toBe(400);
    expect(answer.body.errors?.[0]?.field).toBe('name');
  });
});

describe('datasets', () => {
  it('are listed, described, changed and removed', async () => {
    await load('gone', 'a,b\n1,2\n', 'text/csv', '?title=To%20be%20removed');
    const list = await http<{ datasets: { name: string; title: string; rows: number }[] }>(
      url('/datasets'),
    );
    expect(list.body.datasets.find(({ name }) => name === 'gone')).toMatchObject({
      title: 'To be removed',
      rows: 1,
    });
    const changed = await http(url('/datasets/gone'), {
      method: 'PATCH',
      body: { licence: 'CC0' },
    });
    expect(changed.body).toMatchObject({ title: 'To be removed', licence: 'CC0' });
    expect((await load('gone', 'a,b\n1,2\n3,4\n', 'text/csv')).version).toBe('2.0');
    expect((await http(url('/datasets/gone'))).body).toMatchObject({ rows: 2, licence: 'CC0' });
    expect((await http(url('/datasets/gone'), { method: 'DELETE' })).status).toBe(204);
    expect((await http(url('/datasets/gone'))).status).toBe(404);
    expect((await http(url('/datasets/gone/records'))).status).toBe(404);
    expect((await http(url('/datasets/gone'), { method: 'DELETE' })).status).toBe(404);
    const again = await load('gone', 'a\n1\n', 'text/csv');
    expect(again.version).toBe('3.0'); // versions are never used twice
  });

  it('gives near names for an unknown one', async () => {
    const answer = await http<ProblemBody>(url('/datasets/citys'));
    expect(answer.status).toBe(404);
    expect(answer.body.near).toContain('cities');
  });
});
