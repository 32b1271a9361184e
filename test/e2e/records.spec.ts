import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { http, type PageBody, type ProblemBody } from '../support/http.js';
import { AlmanacProcess } from '../support/processes.js';

const TABLE = [
  'id,name,class,mass,seen',
  '1,Ábel,L5,10,2001-02-03T04:05:06Z',
  '2,Berta,L6,,2001-03-01T00:00:00.250Z',
  '3,Cäsar,H5,0.5,2002-01-01T00:00:00Z',
  '4,"Dora, the limit",L5,-3,',
  '5,Emil,"Iron, IIIAB",1e3,1969-07-20T20:17:40Z',
].join('\n');

let api: AlmanacProcess;
let other: AlmanacProcess;
beforeAll(async () => {
  api = await AlmanacProcess.api();
  other = await AlmanacProcess.api({ KEY_PREFIX: api.env['KEY_PREFIX'] });
});
afterAll(async () => {
  await Promise.all([api.stop(), other.stop()]);
});

const at = (path: string, server = api): string => `${server.url}/datasets/things${path}`;

async function loadTable(): Promise<void> {
  const answer = await http(`${api.url}/datasets/things`, {
    method: 'PUT',
    body: TABLE,
    headers: { 'content-type': 'text/csv' },
  });
  expect(answer.status).toBeLessThan(202);
}

async function ids(query: string): Promise<unknown[]> {
  const answer = await http<PageBody>(at(`/records?${query}`));
  expect(answer.status).toBe(200);
  return answer.body.records.map(({ id }) => id);
}

describe('questions to records', () => {
  beforeAll(loadTable);

  it.each([
    ['', [1, 2, 3, 4, 5]],
    ['class=L5', [1, 4]],
    ['class=L5&class=H5', [1, 3, 4]],
    ['class__in=H5,"Iron, IIIAB"', [3, 5]],
    ['class__not=L5', [2, 3, 5]],
    ['class__notin=L5,L6', [3, 5]],
    ['mass__gt=0.5', [1, 5]],
    ['mass__gte=0.5&mass__lt=1000', [1, 3]],
    ['mass__lte=-3', [4]],
    ['mass__isnull=true', [2]],
    ['mass__notnull=true', [1, 3, 4, 5]],
    ['mass__isnull=false', [1, 3, 4, 5]],
    ['id__gt=2.5', [3, 4, 5]],
    ['name__contains=rt', [2]],
    ['name__startswith=C', [3]],
    ['name__endswith=limit', [4]],
    ['class__like=L_', [1, 2, 4]],
    ['name=emil', []],
    ['search=CASAR', [3]],
    ['search=abel l5', [1]],
    ['start=2001&end=2001', [1, 2]],
    ['start=2001-03-01', [2, 3]],
    ['end=1970', [5]],
    ['start=2001-02-03T04:05:06Z&end=2001-02-03T05:05:06%2B01:00', [1]],
    ['sort=-mass', [5, 1, 3, 4, 2]],
    ['sort=mass', [4, 3, 1, 5, 2]],
    ['sort=class,-id', [3, 5, 4, 1, 2]],
    ['limit=2&offset=1', [2, 3]],
    ['limit=0', []],
  ])('%s', async (query, expected) => {
    expect(await ids(query.replaceAll('"', '%22'))).toEqual(expected);
  });

  it('answers with total, next page and version', async () => {
    const page = await http<PageBody>(at('/records?limit=2&class__not=H5'));
    expect(page.body).toMatchObject({ total: 4 });
    expect(page.headers.get('dataset-version')).toBe(page.body.version);
    const next = await http<PageBody>(`${api.url}${page.body.next ?? ''}`);
    expect(next.body.records.map(({ id }) => id)).toEqual([4, 5]);
    expect(next.body.next).toBeNull();
    expect((await http<PageBody>(at('/records?total=false'))).body.total).toBeNull();
  });

  it('writes times in RFC 3339 and only the fields asked for', async () => {
    const page = await http<PageBody>(at('/records?fields=seen,id'));
    expect(page.body.records.map(({ seen }) => seen)).toEqual([
      '2001-02-03T04:05:06Z',
      '2001-03-01T00:00:00.25Z',
      '2002-01-01T00:00:00Z',
      null,
      '1969-07-20T20:17:40Z',
    ]);
    expect(Object.keys(page.body.records[0] ?? {})).toEqual(['seen', 'id']);
  });

  it.each([
    ['clas=L5', 'unknown-column', 'clas'],
    ['limt=5', 'unknown-column', 'limt'],
    ['mass__gt=heavy', 'invalid-parameter', 'mass__gt'],
    ['mass__contains=1', 'unsuitable-column', 'mass__contains'],
    ['limit=-1', 'invalid-parameter', 'limit'],
    ['limit=ten', 'invalid-parameter', 'limit'],
    ['limit=10001', 'invalid-parameter', 'limit'],
    ['offset=1.5', 'invalid-parameter', 'offset'],
    ['sort=weight', 'unknown-column', 'sort'],
    ['sort=', 'invalid-parameter', 'sort'],
    ['fields=id,,name', 'invalid-parameter', 'fields'],
    ['start=never', 'invalid-parameter', 'start'],
    ['start=2005&end=2001', 'invalid-parameter', 'start'],
    ['bbox=1,2,3,4', 'unsuitable-column', 'bbox'],
    ['mass__isnull=perhaps', 'invalid-parameter', 'mass__isnull'],
    ['id=1;DROP TABLE records;--', 'invalid-parameter', 'id'],
  ])('refuses %s with %s and names the field', async (query, code, field) => {
    const answer = await http<ProblemBody>(at(`/records?${query}`));
    expect(answer.headers.get('content-type')).toMatch('application/problem+json');
    expect(answer.status).toBe(code === 'unsuitable-column' ? 422 : 400);
    expect(answer.body.code).toBe(code);
    expect(answer.body.errors?.map((fault) => fault.field)).toContain(field);
  });

  it('gives one record, one value, and 304 for a known ETag', async () => {
    const one = await http(at('/records/3'));
    expect(one.body).toEqual({
      id: 3,
      name: 'Cäsar',
      class: 'H5',
      mass: 0.5,
      seen: '2002-01-01T00:00:00Z',
    });
    const etag = one.headers.get('etag') ?? '';
    expect((await http(at('/records/3'), { headers: { 'if-none-match': etag } })).status).toBe(304);
    expect((await http(at('/records/3/name'))).body).toEqual({ name: 'Cäsar' });
    expect((await http(at('/records/3/nam'))).status).toBe(400);
    for (const id of ['6', '03', 'x', '%00', '1e0', '1e+300']) {
      expect((await http(at(`/records/${id}`))).status).toBe(404);
    }
  });

  it('summarises columns', async () => {
    const answer = await http<{ rows: number; columns: Record<string, unknown>[] }>(at('/summary'));
    expect(answer.body.rows).toBe(5);
    expect(answer.body.columns.find(({ name }) => name === 'mass')).toMatchObject({
      count: 4,
      missing: 1,
      distinct: 4,
      min: -3,
      max: 1000,
      mean: 251.875,
      quartiles: [-0.375, 5.25, 257.5],
    });
    expect(answer.body.columns.find(({ name }) => name === 'class')).toMatchObject({
      top: [{ value: 'L5', count: 2 }, { count: 1 }, { count: 1 }, { count: 1 }],
    });
  });

  it.each([
    ['json', JSON.parse],
    [
      'ndjson',
      (text: string): unknown =>
        text
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as unknown),
    ],
  ])('exports everything as %s', async (format, parse) => {
    const response = await fetch(at(`/export?format=${format}&sort=-id`));
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="things.${format}"`,
    );
    const records = parse(await response.text()) as { id: number }[];
    expect(records.map(({ id }) => id)).toEqual([5, 4, 3, 2, 1]);
  });

  it('exports CSV that loads again to the same table', async () => {
    const text = await (await fetch(at('/export?format=csv'))).text();
    const answer = await http(`${api.url}/datasets/copy`, {
      method: 'PUT',
      body: text,
      headers: { 'content-type': 'text/csv' },
    });
    expect(answer.status).toBeLessThan(202);
    const [before, after] = await Promise.all([
      http<PageBody>(at('/records')),
      http<PageBody>(`${api.url}/datasets/copy/records`),
    ]);
    expect(after.body.records).toEqual(before.body.records);
    expect(await (await fetch(at('/export?format=json&id__gt=99'))).json()).toEqual([]);
  });
});

describe('edits', () => {
  beforeEach(loadTable);

  it('are seen at once by every process, with a new version', async () => {
    const patched = await http(at('/records/1'), { method: 'PATCH', body: { mass: 11.5 } });
    expect(patched.status).toBe(200);
    expect(patched.headers.get('dataset-version')).toMatch(/\.1$/);
    for (const server of [api, other]) {
      expect((await http(at('/records/1', server))).body['mass']).toBe(11.5);
      const page = await http<PageBody>(at('/records?mass=11.5', server));
      expect(page.body.records.map(({ id }) => id)).toEqual([1]);
    }
  });

  it('keep the place of a record, put new ones last, and count the rows', async () => {
    await http(at('/records/2'), { method: 'PUT', body: { name: 'Bertha' } });
    expect((await http(at('/records/9'), { method: 'PUT', body: { name: 'Nine' } })).status).toBe(
      201,
    );
    const added = await http(at('/records'), { method: 'POST', body: { id: 7, name: 'Seven' } });
    expect(added.status).toBe(201);
    expect(added.headers.get('location')).toBe('/datasets/things/records/7');
    expect(await ids('')).toEqual([1, 2, 3, 4, 5, 9, 7]);
    expect((await http(at('/records/2'), { method: 'DELETE' })).status).toBe(204);
    expect((await http(at('/records/2'), { method: 'DELETE' })).status).toBe(404);
    expect(await ids('')).toEqual([1, 3, 4, 5, 9, 7]);
    expect((await http(`${api.url}/datasets/things`)).body['rows']).toBe(6);
    await http(at('/records/2'), { method: 'PUT', body: { name: 'Again' } });
    expect(await ids('')).toEqual([1, 3, 4, 5, 9, 7, 2]);
  });

  it('hold to If-Match and If-None-Match', async () => {
    const etag = (await http(at('/records/1'))).headers.get('etag') ?? '';
    const stale = { 'if-match': '"stale"' };
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const answer = await http(at('/records/1'), {
        method,
        headers: stale,
        ...(method === 'DELETE' ? {} : { body: { mass: 1 } }),
      });
      expect(answer.status).toBe(412);
    }
    const first = { method: 'PATCH', body: { mass: 1 }, headers: { 'if-match': etag } };
    expect((await http(at('/records/1'), first)).status).toBe(200);
    expect((await http(at('/records/1'), first)).status).toBe(412);
    const create = { method: 'PUT', body: { name: 'x' }, headers: { 'if-none-match': '*' } };
    expect((await http(at('/records/1'), create)).status).toBe(412);
    expect((await http(at('/records/77'), create)).status).toBe(201);
  });

  it('of a list are written all or none', async () => {
    const bad = await http<ProblemBody>(at('/records'), {
      method: 'POST',
      body: [{ id: 10 }, { id: 11, mass: 'much' }],
    });
    expect(bad.body.errors).toEqual([{ field: 'records[1].mass', message: 'must be a number' }]);
    const taken = await http<ProblemBody>(at('/records'), {
      method: 'POST',
      body: [{ id: 10 }, { id: 1 }],
    });
    expect(taken.status).toBe(409);
    expect(taken.body.errors?.[0]?.field).toBe('records[1].id');
    expect(await ids('')).toEqual([1, 2, 3, 4, 5]);
    const replace = await http<{ ids: string[] }>(at('/records?onConflict=replace'), {
      method: 'POST',
      body: [{ id: 10 }, { id: 1, name: 'One' }],
    });
    expect(replace.body.ids).toEqual(['10', '1']);
    expect((await http(at('/records/1'))).body).toMatchObject({ name: 'One', mass: null });
  });

  it('never lose an update: 60 increments by two processes make 60', async () => {
    const increment = async (server: AlmanacProcess): Promise<void> => {
      for (;;) {
        const now = await http(at('/records/3', server));
        const answer = await http(at('/records/3', server), {
          method: 'PATCH',
          body: { mass: Number(now.body['mass']) + 1 },
          headers: { 'if-match': now.headers.get('etag') ?? '' },
        });
        if (answer.status === 200) return;
        expect(answer.status).toBe(412);
      }
    };
    const worker = async (server: AlmanacProcess): Promise<void> => {
      for (let i = 0; i < 15; i++) await increment(server);
    };
    await Promise.all([worker(api), worker(other), worker(api), worker(other)]);
    expect((await http(at('/records/3'))).body['mass']).toBe(60.5);
  });

  it.each([
    ['PATCH', '/records/1', { mas: 1 }, 'unknown-column', 'mas'],
    ['PATCH', '/records/1', { mass: '1' }, 'invalid-parameter', 'mass'],
    ['PATCH', '/records/1', { id: 2 }, 'invalid-parameter', 'id'],
    ['PATCH', '/records/1', { seen: '2001-02-30' }, 'invalid-parameter', 'seen'],
    ['PUT', '/records/1', { id: 1.5 }, 'invalid-parameter', 'id'],
    ['POST', '/records', { name: 'no key' }, 'invalid-parameter', 'id'],
    ['POST', '/records?onConflict=maybe', { id: 50 }, 'invalid-parameter', 'onConflict'],
  ])('%s %s %j is refused with %s naming %s', async (method, path, body, code, field) => {
    const answer = await http<ProblemBody>(at(path), { method, body });
    expect([answer.status, answer.body.code]).toEqual([400, code]);
    expect(answer.body.errors?.map((fault) => fault.field)).toContain(field);
    expect((await http(at('/records/1'))).body['mass']).toBe(10);
  });

  it.each([
    ['POST', '[]'],
    ['POST', '5'],
    ['POST', '{"id": 1'],
    ['POST', ''],
    ['PUT', '[]'],
    ['POST', '{"__proto__": {"x": 1}, "id": 3}'],
  ])('%s with the body %s gets a 400', async (method, body) => {
    const answer = await http<ProblemBody>(at(method === 'PUT' ? '/records/1' : '/records'), {
      method,
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(400);
  });
});

describe('a table without a key column', () => {
  it('numbers its records', async () => {
    await http(`${api.url}/datasets/plain`, { method: 'PUT', body: 'a,b\n1,x\n1,y\n' });
    const page = await http<PageBody>(`${api.url}/datasets/plain/records`);
    expect(page.body.records).toEqual([
      { _row: 1, a: 1, b: 'x' },
      { _row: 2, a: 1, b: 'y' },
    ]);
    const added = await http(`${api.url}/datasets/plain/records`, {
      method: 'POST',
      body: { a: 7 },
    });
    expect(added.status).toBe(201);
    const id = String(added.body['_row']);
    expect((await http(`${api.url}/datasets/plain/records/${id}`)).body).toMatchObject({
      a: 7,
      b: null,
    });
    await http(`${api.url}/datasets/plain/records/${id}`, { method: 'PATCH', body: { b: 'z' } });
    const after = await http<PageBody>(`${api.url}/datasets/plain/records?b=z`);
    expect(after.body.records).toEqual([{ _row: Number(id), a: 7, b: 'z' }]);
    const unknown = await http(`${api.url}/datasets/plain/records/99`, {
      method: 'PUT',
      body: { a: 1 },
    });
    expect(unknown.status).toBe(404);
  });
});
