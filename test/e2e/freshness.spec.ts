import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { http, type Answer, type PageBody } from '../support/http.js';
import { AlmanacProcess } from '../support/processes.js';
import { RedisServer } from '../support/redis-server.js';
import { until } from '../support/until.js';

/**
 * What is kept in memory (texts of records, totals, hot records, states that requests share) never shows
 * through: a reader on another process sees every edit, load and deletion that was acknowledged before.
 */
const ROWS = 400;
let redis: RedisServer;
let writer: AlmanacProcess;
let reader: AlmanacProcess;

const table = (value: string): string =>
  `id,kind,v\n${Array.from({ length: ROWS }, (_, i) => `r${String(i)},${i % 2 === 0 ? 'even' : 'odd'},${value}${String(i)}`).join('\n')}\n`;

/** A real number and a text, which have several forms in JSON. */
const AWKWARD: readonly (readonly [string, string])[] = [
  ['3000.0', 'plain'],
  ['-0.0', 'a "quoted" text'],
  ['1e-300', 'Zoë, 東京 🚀'],
  ['1.7976931348623157e308', 'tab\tand \\ and /'],
  ['0.1', '\u2028 \u007f \u0001'],
  ['', ''],
  ['123456789012345680', '</script>'],
];

const write = (path: string, method: string, body?: unknown): Promise<Answer> =>
  http(`${writer.url}/datasets/t${path}`, {
    method,
    ...(body === undefined ? {} : { body }),
    headers: typeof body === 'string' ? { 'content-type': 'text/csv' } : {},
  });
const read = async (path: string, from = reader): Promise<Answer<PageBody>> =>
  http<PageBody>(`${from.url}/datasets/t${path}`);
const page = async (query: string): Promise<PageBody> => (await read(`/records?${query}`)).body;
const valueOf = ({ records }: PageBody, id: string): unknown =>
  records.find((record) => record['id'] === id)?.['v'];

/** Asks until whatever is kept beside the first answers is there. */
async function warm(): Promise<void> {
  for (let round = 0; round < 30; round++) {
    await Promise.all([
      page('limit=500'),
      page('kind=even&sort=-v'),
      read('/records/r7'),
      read(`/records/r${String(round)}`),
    ]);
  }
}

beforeAll(async () => {
  redis = await RedisServer.create();
  writer = await AlmanacProcess.api({ REDIS_URL: redis.url }, { deadline: 60_000 });
  const env = { REDIS_URL: redis.url, KEY_PREFIX: writer.env['KEY_PREFIX'] };
  reader = await AlmanacProcess.api(env, { deadline: 60_000 });
}, 120_000);
afterAll(async () => {
  await Promise.all([writer.stop(), reader.stop()]);
  await redis.remove();
});

describe('a reader on another process', () => {
  it('sees each acknowledged edit at once, in pages, totals and single records', async () => {
    expect((await write('', 'PUT', table('a'))).status).toBe(201);
    await warm();
    for (let round = 0; round < 30; round++) {
      const id = `r${String(round * 3)}`;
      expect((await write(`/records/${id}`, 'PATCH', { v: `b${String(round)}` })).status).toBe(200);
      const [all, sorted, one] = await Promise.all([
        page('limit=500'),
        page(`kind=${(round * 3) % 2 === 0 ? 'even' : 'odd'}&sort=-v&limit=300`),
        http(`${reader.url}/datasets/t/records/${id}`),
      ]);
      const expected = `b${String(round)}`;
      expect([valueOf(all, id), valueOf(sorted, id), one.body['v']]).toEqual([
        expected,
        expected,
        expected,
      ]);
    }
  });

  it('sees records go and come, and counts them', async () => {
    await warm();
    expect((await write('/records/r1', 'DELETE')).status).toBe(204);
    expect(await page('kind=odd&limit=0')).toMatchObject({ total: ROWS / 2 - 1 });
    expect((await read('/records/r1')).status).toBe(404);
    expect((await write('/records', 'POST', { id: 'r1', kind: 'odd', v: 'back' })).status).toBe(
      201,
    );
    expect(await page('kind=odd&limit=0')).toMatchObject({ total: ROWS / 2 });
    const { records, total } = await page(`limit=1&offset=${String(ROWS - 1)}`);
    expect({ records, total }).toEqual({
      records: [{ id: 'r1', kind: 'odd', v: 'back' }],
      total: ROWS,
    });
  });

  it('sees what several writers do at the same time, and never half of a list', async () => {
    await warm();
    const ids = Array.from({ length: 100 }, (_, i) => `r${String(2 * i)}`);
    const replace = (v: string): Promise<Answer> =>
      write(
        '/records?onConflict=replace',
        'POST',
        ids.map((id) => ({ id, kind: 'even', v })),
      );
    expect((await replace('first')).status).toBe(201);
    let writing = true;
    const writers = [1, 2].map(async (number) => {
      for (let round = 0; round < 10; round++) {
        expect((await replace(`w${String(number)}-${String(round)}`)).status).toBe(201);
      }
    });
    const readers = [1, 2, 3].map(async () => {
      while (writing) {
        const { records, total } = await page('kind=even&limit=500&sort=id');
        expect(total).toBe(ROWS / 2);
        const values = new Set(
          records.filter(({ id }) => ids.includes(String(id))).map(({ v }) => v),
        );
        expect(values.size).toBe(1);
      }
    });
    await Promise.all(writers);
    writing = false;
    await Promise.all(readers);
  });

  it('edits what the other has edited, whatever each remembers of the record', async () => {
    const edit = (from: AlmanacProcess, method: string, body?: unknown): Promise<Answer> =>
      http(`${from.url}/datasets/u/records/r1`, {
        method,
        ...(body === undefined ? {} : { body }),
      });
    const load = (text: string): Promise<Answer> =>
      http(`${reader.url}/datasets/u`, {
        method: 'PUT',
        body: text,
        headers: { 'content-type': 'text/csv' },
      });
    await load('id,a,b\nr1,1,2\n');
    for (let n = 0; n < 10; n++) {
      expect((await edit(writer, 'PATCH', { a: n })).status).toBe(200);
      expect((await edit(reader, 'PATCH', { b: n })).body).toEqual({ id: 'r1', a: n, b: n });
    }
    expect((await edit(reader, 'DELETE')).status).toBe(204);
    expect((await edit(writer, 'PATCH', { a: 7 })).status).toBe(404);
    expect((await edit(writer, 'PUT', { a: 7, b: 7 })).status).toBe(201);
    expect((await edit(reader, 'PUT', { a: 8, b: 8 })).status).toBe(200);
    await load('id,c\nr1,x\n');
    expect((await edit(writer, 'PATCH', { a: 9 })).status).toBe(400);
    expect((await edit(writer, 'PATCH', { c: 'y' })).body).toEqual({ id: 'r1', c: 'y' });
    // A record that was never edited, of a table that has been replaced since it was read.
    await load('id,c\nr1,z\n');
    expect((await edit(writer, 'GET')).body).toEqual({ id: 'r1', c: 'z' });
    await load('id,d\nr1,new\n');
    expect((await edit(writer, 'PATCH', { c: 'lost' })).status).toBe(400);
    expect((await edit(reader, 'GET')).body).toEqual({ id: 'r1', d: 'new' });
  });

  it('gets a record to the same byte, whether it was searched for or was held in memory', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => {
      const [real, text] = AWKWARD[i % AWKWARD.length] ?? ['', ''];
      return `k${String(i)},${real},"${text.replaceAll('"', '""')}",19${String(10 + i)}-02-03T04:05:06.7Z`;
    });
    const answer = await http(`${writer.url}/datasets/w`, {
      ...{ method: 'PUT', body: `id,real,text,at\n${rows.join('\n')}\n` },
      headers: { 'content-type': 'text/csv' },
    });
    expect(answer.body).toMatchObject({ rows: 60 });
    const ids = Array.from({ length: 60 }, (_, i) => `k${String(i)}`);
    const all = async (from: AlmanacProcess, order: readonly string[]): Promise<string[]> => {
      const found: string[] = [];
      for (const id of order) {
        const one = await fetch(`${from.url}/datasets/w/records/${id}`);
        found.push(`${id} ${one.headers.get('etag') ?? ''} ${await one.text()}`);
      }
      return found.sort();
    };
    // The first ones are searched for; so one process searches for what the other has in memory.
    expect(await all(reader, ids)).toEqual(await all(writer, ids.toReversed()));
    expect((await http(`${reader.url}/datasets/w/records/k60`)).status).toBe(404);
  });

  it('sees a new load, and a deletion', async () => {
    await warm();
    expect((await write('', 'PUT', table('c'))).status).toBe(200);
    expect(valueOf(await page('limit=500'), 'r7')).toBe('c7');
    expect((await read('/records/r7')).body).toMatchObject({ v: 'c7' });
    await warm();
    expect((await write('', 'DELETE')).status).toBe(204);
    expect((await read('/records?limit=1')).status).toBe(404);
    expect((await read('/records/r7')).status).toBe(404);
    expect((await write('', 'PUT', table('d'))).status).toBe(201);
    expect(valueOf(await page('limit=500'), 'r7')).toBe('d7');
    expect((await read('/records/r7')).body).toMatchObject({ v: 'd7' });
  });

  it('sees what is there after Redis was killed and started again', async () => {
    await warm();
    expect((await write('/records/r7', 'PATCH', { v: 'before' })).status).toBe(200);
    await redis.kill();
    await redis.start();
    const back = await until(
      async () => {
        const answer = await read('/records/r7');
        return answer.status === 200 ? answer : undefined;
      },
      { what: 'the reader, after Redis is back' },
    );
    expect(back.body).toMatchObject({ v: 'before' });
    await until(
      async () =>
        (await write('/records/r7', 'PATCH', { v: 'after' })).status === 200 ? 1 : undefined,
      { what: 'the writer, after Redis is back' },
    );
    expect(valueOf(await page('limit=500'), 'r7')).toBe('after');
    expect((await read('/records/r7')).body).toMatchObject({ v: 'after' });
  });
});
