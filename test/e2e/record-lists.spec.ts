import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { http, type Answer, type PageBody, type ProblemBody } from '../support/http.js';
import { AlmanacProcess } from '../support/processes.js';

/** Changes to many records at once, by two processes. */
const TABLE =
  'id,name,class,mass\n1,Anna,L5,10\n2,Berta,L6,\n3,Cäsar,H5,0.5\n4,Dora,L5,-3\n5,Emil,H4,1000\n';

let api: AlmanacProcess;
let other: AlmanacProcess;
beforeAll(async () => {
  api = await AlmanacProcess.api();
  other = await AlmanacProcess.api({ KEY_PREFIX: api.env['KEY_PREFIX'] });
});
afterAll(async () => {
  await Promise.all([api.stop(), other.stop()]);
});

const at = (path: string, server = api): string => `${server.url}/datasets/lists${path}`;
const send = <T = Record<string, unknown>>(
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer<T>> => http<T>(at(path), { method, ...(body === undefined ? {} : { body }) });

async function load(table: string, query = ''): Promise<void> {
  const answer = await http(at(query), { method: 'PUT', body: table });
  expect(answer.status).toBeLessThan(202);
}

const records = async (server = api): Promise<PageBody['records']> =>
  (await http<PageBody>(at('/records?fields=id,mass', server))).body.records;

beforeEach(() => load(TABLE));

describe('a list of changes', () => {
  it('changes the columns that are given, and is seen at once by another process', async () => {
    const list = [
      { id: 2, mass: 2.5 },
      { id: 5, name: 'Emilia', class: null },
      { id: 2, name: 'B' },
    ];
    const answer = await send('PATCH', '/records', list);
    expect(answer.status).toBe(200);
    expect(answer.body['ids']).toEqual(['2', '5', '2']);
    const page = await http<PageBody>(at('/records?id__in=2,5', other));
    expect(page.body.records).toEqual([
      { id: 2, name: 'B', class: 'L6', mass: 2.5 },
      { id: 5, name: 'Emilia', class: null, mass: 1000 },
    ]);
    expect([answer.body['version'], answer.headers.get('dataset-version')]).toEqual([
      page.body.version,
      page.body.version,
    ]);
  });

  it.each<[unknown, number, string, string]>([
    [
      [
        { id: 1, mass: 5 },
        { id: 2, mass: 'much' },
      ],
      400,
      'invalid-parameter',
      'records[1].mass',
    ],
    [
      [
        { id: 1, mass: 5 },
        { id: 9, mass: 5 },
      ],
      404,
      'unknown-record',
      'records[1].id',
    ],
    [[{ id: 1, mas: 5 }], 400, 'unknown-column', 'records[0].mas'],
    [[{ mass: 5 }], 400, 'invalid-parameter', 'records[0].id'],
    [[{ id: '01', mass: 5 }], 400, 'invalid-parameter', 'records[0].id'],
  ])('that has a fault changes nothing: %j', async (list, status, code, field) => {
    const answer = await send<ProblemBody>('PATCH', '/records', list);
    expect([answer.status, answer.body.code, answer.body.errors?.[0]?.field]).toEqual([
      status,
      code,
      field,
    ]);
    expect((await records())[0]).toEqual({ id: 1, mass: 10 });
  });

  it.each([{ id: 1, mass: 5 }, [], 'x', null])('must be a list of records: %j', async (body) => {
    const answer = await send<ProblemBody>('PATCH', '/records', JSON.stringify(body));
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid-body']);
  });

  it('loses no update when two processes change the same records', async () => {
    const add = async (server: AlmanacProcess, column: string): Promise<void> => {
      for (let value = 1; value <= 10; value++) {
        const body = [1, 2, 3, 4, 5].map((id) => ({
          id,
          [column]: column === 'mass' ? value : `n${String(value)}`,
        }));
        expect((await http(at('/records', server), { method: 'PATCH', body })).status).toBe(200);
      }
    };
    await Promise.all([add(api, 'mass'), add(other, 'name')]);
    const page = await http<PageBody>(at('/records'));
    expect(page.body.records.map(({ mass, name }) => [mass, name])).toEqual(
      Array(5).fill([10, 'n10']),
    );
    expect(page.body.version).toMatch(/\.100$/);
  });

  it('may name records by their row number', async () => {
    await load('a,b\n1,x\n1,y\n1,z\n');
    expect((await send('PATCH', '/records', [{ _row: 2, b: 'Y' }])).status).toBe(200);
    const page = await http<PageBody>(at('/records'));
    expect(page.body.records.map(({ b }) => b)).toEqual(['x', 'Y', 'z']);
  });
});

describe('deleting by a filter', () => {
  it('takes what matches, as one version, for every process', async () => {
    const answer = await send('DELETE', '/records?class=L5&mass__gt=-10');
    expect([answer.status, answer.body['deleted']]).toEqual([200, 2]);
    for (const server of [api, other]) {
      expect((await records(server)).map(({ id }) => id)).toEqual([2, 3, 5]);
      expect((await http(at('/records/1', server))).status).toBe(404);
    }
    expect((await http(at(''))).body['rows']).toBe(3);
    const again = await send('DELETE', '/records?class=L5');
    expect(again.body).toEqual({ deleted: 0, version: answer.body['version'] });
  });

  it('wants to be meant', async () => {
    for (const query of ['', '?all=false', '?all=true&id=1', '?id__gt=x', '?idd=1']) {
      expect((await send('DELETE', `/records${query}`)).status).toBe(400);
    }
    expect(await records()).toHaveLength(5);
    expect((await send('DELETE', '/records?all=true')).body['deleted']).toBe(5);
    expect(await records(other)).toEqual([]);
    expect((await send('POST', '/records', { id: 6, name: 'new' })).status).toBe(201);
    expect(await records(other)).toEqual([{ id: 6, mass: null }]);
  });

  it('writes the table anew for many records, while others edit', async () => {
    const rows = Array.from({ length: 20_000 }, (_, id) => `${String(id)},n,c,${String(id % 10)}`);
    await load(`id,name,class,mass\n${rows.join('\n')}\n`);
    expect((await send('PATCH', '/records/7', { mass: -1 })).status).toBe(200);
    const [deletion, edits] = await Promise.all([
      send('DELETE', '/records?mass__gte=5'),
      (async (): Promise<number> => {
        let done = 0;
        for (; done < 5; done++) {
          const edit = { method: 'PATCH', body: { name: `edit ${String(done)}` } };
          expect((await http(at('/records/4', other), edit)).status).toBe(200);
        }
        return done;
      })(),
    ]);
    expect([deletion.status, deletion.body['deleted']]).toEqual([200, 9999]);
    for (const server of [api, other]) {
      const page = await http<PageBody>(at('/records?limit=1&mass__gte=5', server));
      expect(page.body).toMatchObject({
        total: 0,
        version: `${page.body.version.split('.')[0] ?? ''}.${String(2 + edits)}`,
      });
      expect((await http(at('/records/7', server))).body['mass']).toBe(-1);
      expect((await http(at('/records/4', server))).body['name']).toBe('edit 4');
      expect((await http(at('/records/15', server))).status).toBe(404);
      expect((await http(at('', server))).body['rows']).toBe(10_001);
    }
    await send('PUT', '/records/15', { mass: 99 });
    expect((await http<PageBody>(at('/records?mass=99', other))).body.records).toHaveLength(1);
  });
});

describe('numbers', () => {
  it('look the same in a page, alone, and after an edit', async () => {
    const values = ['3000', '0.1', '-0.5', '1e21', '1e-7', '123456789012345680000', '1.5e300', '0'];
    await load(
      `id,name,class,mass\n${values.map((value, id) => `${String(id)},n,c,${value}`).join('\n')}\n`,
      `?schema=${encodeURIComponent('{"mass":"number"}')}`,
    );
    const raw = async (path: string): Promise<string> => (await fetch(at(path))).text();
    const massOf = (text: string): string[] =>
      [...text.matchAll(/"mass":([^,}]+)/g)].map(([, m = '']) => m);
    const page = massOf(await raw('/records'));
    const alone = await Promise.all(
      values.map(async (_, id) => massOf(await raw(`/records/${String(id)}`))[0]),
    );
    expect(alone).toEqual(page);
    for (const [id, value] of values.entries())
      await send('PUT', `/records/${String(id)}`, { name: 'n', class: 'c', mass: Number(value) });
    const edited = await Promise.all(
      values.map(async (_, id) => massOf(await raw(`/records/${String(id)}`))[0]),
    );
    expect(edited).toEqual(page);
    expect(massOf(await raw('/records'))).toEqual(page);
    expect(await raw('/records/0/mass')).toBe('{"mass":3000.0}');
  });
});
