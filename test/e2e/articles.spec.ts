import { gunzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { http, type PageBody, type ProblemBody } from '../support/http.js';
import { AlmanacProcess, uniquePrefix } from '../support/processes.js';
import { hasSharedData, sharedFile, sharedJson } from '../support/shared-data.js';
import { until } from '../support/until.js';

/** Articles: taken at once, read by workers, saved in batches; none is lost or there twice. */
const env = { KEY_PREFIX: uniquePrefix(), WORKER_CONCURRENCY: '2' };
let api: AlmanacProcess;
let worker: AlmanacProcess;
beforeAll(async () => {
  [api, worker] = await Promise.all([AlmanacProcess.api(env), AlmanacProcess.worker(env)]);
});
afterAll(() => Promise.all([api.stop(), worker.stop()]));

const post = <T = { articles: { id: string }[] }>(body: unknown) =>
  http<T>(`${api.url}/articles`, { method: 'POST', body });
const get = async <T = Record<string, unknown>>(path: string) =>
  (await http<T>(`${api.url}${path}`)).body;
const saved = (count: number) =>
  until(
    async () => {
      const { total } = await get<PageBody>('/articles?limit=1');
      return total === count ? total : undefined;
    },
    { what: `${String(count)} articles`, deadline: 600_000, interval: 200 },
  );

const MOON = {
  id: 'moon',
  title: 'The Moon',
  published: '1969-07-21',
  body: 'Neil Armstrong and Buzz Aldrin landed on July 20, 1969. Neil Armstrong came from Ohio.',
};

it('are taken at once, and answer with their entities', async () => {
  for (const path of ['/articles', '/articles/entities']) {
    expect(await get(path)).toMatchObject({
      ...{ status: 404, code: 'unknown-dataset' },
      detail: expect.stringContaining('POST /articles sends the first article') as unknown,
    });
  }
  await http(`${api.url}/queues/articles/pause`, { method: 'POST' });
  const accepted = await post(MOON);
  expect(accepted).toMatchObject({
    status: 202,
    body: { articles: [{ id: 'moon', link: '/articles/moon' }] },
  });
  for (const path of ['', '/entities', '/moon', '/moon/entities']) {
    expect(await get(`/articles${path}`)).toMatchObject({
      ...{ status: 404, code: 'unknown-dataset' },
      detail:
        'no article is saved yet: 1 article is in the queue, from which workers read; GET /queues/articles tells how they get on',
    });
  }
  await http(`${api.url}/queues/articles/resume`, { method: 'POST' });
  await saved(1);
  expect((await get('/articles/sun'))['detail']).toBe(
    '"articles" has no record "sun"; its records are addressed by "id" (text)',
  );
  expect(await get('/articles/moon')).toMatchObject({
    title: 'The Moon',
    published: '1969-07-21T00:00:00Z',
    words: 15,
  });
  const { entities } = await get<{ entities: Record<string, object[]> }>('/articles/moon/entities');
  expect(entities['people']).toContainEqual({ text: 'Neil Armstrong', count: 2 });
  expect(await get('/articles/entities?type=people&top=1')).toMatchObject({
    entities: [{ type: 'people', text: 'Neil Armstrong', count: 2, articles: 1 }],
  });
});

it('are there once, however often they are sent; a known id is replaced', async () => {
  const body = 'Angela Merkel went to Paris.';
  const [first] = (await post([{ body }, { body }])).body.articles;
  await post({ body });
  await post({ ...MOON, title: 'The Moon, again' });
  await until(async () => (await get('/articles/moon'))['title'] === 'The Moon, again');
  await saved(2);
  expect(await get(`/articles/${first?.id ?? ''}`)).toMatchObject({ body });
});

it.each([
  [{}, 'body'],
  [{ body: 7 }, 'body'],
  [{ body: 'x', id: 'a b' }, 'id'],
  [{ body: 'x', id: 'entities' }, 'id'],
  [{ body: 'x', published: 'yesterday' }, 'published'],
  [{ body: 'x', published: '2020-13-45' }, 'published'],
  [[{ body: 'x' }, { bdy: 'x' }], '[1].bdy'],
])('%j names %s, and nothing is taken', async (body, field) => {
  const answer = await post<ProblemBody>(body);
  expect([answer.status, answer.body.errors?.[0]?.field]).toEqual([400, field]);
});

it.each([
  [{ body: '' }, 'body', 'must not be empty'],
  [{ body: 7 }, 'body', 'must be a string'],
  [
    { body: 'x', published: '01/02/2020' },
    'published',
    'must be a day such as 1969-07-21 or a time such as 1969-07-21T02:56:15Z',
  ],
  [
    { body: 'x', id: 'entities' },
    'id',
    'must be 1 to 100 of A-Z a-z 0-9 . _ - and begin with a letter or digit; "entities" is taken',
  ],
])('%j says of %s in plain words that it %s', async (body, field, message) => {
  const answer = await post<ProblemBody>(body);
  expect([answer.status, answer.body.errors]).toEqual([400, [{ field, message }]]);
});

it.each([[[]], ['[1'], [7]])('%j is no article', async (body) => {
  expect((await post(typeof body === 'number' ? '7' : body)).status).toBe(400);
});

it('are refused while the queue is closed, which is drained then', async () => {
  const steer = (action: string, body?: object) =>
    http(`${api.url}/queues/articles/${action}`, { method: 'POST', ...(body && { body }) });
  await steer('close', { message: 'back at noon' });
  const refused = await post<ProblemBody>(MOON);
  expect([refused.status, refused.body.code]).toEqual([503, 'queue-closed']);
  expect(refused.body.detail).toContain('back at noon');
  await until(async () => (await get('/queues/articles'))['drained']);
  await steer('open');
  expect((await post(MOON)).status).toBe(202);
});

/** Every saved text that holds one of the names which the reference lists has it among its entities. */
async function expectNames(): Promise<void> {
  const expected = sharedJson('articles/expected.json') as {
    case_sensitive_substring_counts: Record<string, unknown>;
  };
  const names = Object.keys(expected.case_sensitive_substring_counts);
  const { records } = await get<{
    records: { id: string; body: string; entities: Record<string, { text: string }[]> }[];
  }>('/datasets/articles/records?fields=id,body,entities&limit=1000');
  const missed = records.flatMap(({ id, body, entities }) => {
    const found = Object.values(entities).flatMap((list) => list.map(({ text }) => text));
    return names
      .filter((name) => body.includes(name) && !found.some((text) => text.includes(name)))
      .map((name) => `${id}: ${name}`);
  });
  expect(missed).toEqual([]);
}

/** Of each text: reading the whole of all takes a minute, `ADDRESS_CHARACTERS=1000000` does. */
const CHARACTERS = Number(process.env['ADDRESS_CHARACTERS'] ?? 2_000);

/** What the API and the worker tell Prometheus of the queues, when all is done. */
async function expectMetrics(): Promise<void> {
  const ofApi = await (await fetch(`${api.url}/metrics`)).text();
  const ofWorker = await (await fetch(`${worker.url}/metrics`)).text();
  for (const queue of ['articles', 'article-entities']) {
    const labels = `queue="${queue}"`;
    expect(ofApi).toMatch(new RegExp(`^almanac_queue_jobs\\{${labels},state="waiting"\\} 0$`, 'm'));
    const handled = `almanac_queue_messages_total\\{${labels},outcome`;
    expect(ofWorker).toMatch(new RegExp(`^${handled}="done"\\} [1-9]\\d*$`, 'm'));
    expect(ofWorker).toMatch(new RegExp(`^${handled}="failed"\\} \\d+$`, 'm'));
  }
}

interface Address {
  readonly id: string;
  readonly title: string;
  readonly author: string;
  readonly year: number;
  readonly text: string;
}

(hasSharedData ? describe : describe.skip)('the 64 addresses', () => {
  it('are all there once, with the same entities, when workers are killed', async () => {
    const addresses = gunzipSync(sharedFile('articles/state_of_the_union.jsonl.gz'))
      .toString('utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Address);
    const articles = addresses.map(({ id, title, author, year, text }) => ({
      ...{ id, title, author, published: `${String(year)}-01-31`, body: text.slice(0, CHARACTERS) },
    }));
    const total = async (prefix: string) => {
      const { records } = await get<PageBody>(
        `/datasets/articles/aggregate?agg=count,sum(mentions),sum(words)&id__startswith=${prefix}`,
      );
      return records[0];
    };
    const unread = async () => {
      const { active, waiting } =
        await get<Record<'active' | 'waiting', number>>('/queues/articles');
      return active + waiting;
    };
    await post(articles);
    await saved(66);
    const undisturbed = await total('');
    await expectNames();

    await post(articles.map((article) => ({ ...article, id: `b-${article.id}` })));
    // Some are read, and wait for the others to be saved with them.
    await until(async () => (await unread()) <= 48);
    await worker.kill();
    expect(await unread()).toBeGreaterThan(0);
    worker = await AlmanacProcess.worker(env);
    await saved(130);
    await until(async () => (await unread()) === 0);
    const again = await total('b-');
    expect(again).toMatchObject({ count: 64 });
    const others = await total('');
    expect(Number(others?.['count'])).toBe(130);
    expect(Number(undisturbed?.['sum(words)']) + Number(again?.['sum(words)'])).toBe(
      others?.['sum(words)'],
    );
    expect(Number(undisturbed?.['sum(mentions)']) + Number(again?.['sum(mentions)'])).toBe(
      others?.['sum(mentions)'],
    );
    await expectMetrics();
  }, 900_000);
});
