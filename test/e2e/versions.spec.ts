import { Redis } from 'ioredis';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { http, type Answer, type PageBody, type ProblemBody } from '../support/http.js';
import { AlmanacProcess } from '../support/processes.js';

let api: AlmanacProcess;
let other: AlmanacProcess;
let redis: Redis;
beforeAll(async () => {
  api = await AlmanacProcess.api({ KEPT_LOADS: '2' });
  other = await AlmanacProcess.api({ KEY_PREFIX: api.env['KEY_PREFIX'] });
  redis = new Redis(api.env['REDIS_URL'] ?? '', { db: 0 });
});
afterAll(async () => {
  redis.disconnect();
  await Promise.all([api.stop(), other.stop()]);
});

const at = (name: string, path = '', server = api): string =>
  `${server.url}/datasets/${name}${path}`;

async function load(name: string, csv: string): Promise<void> {
  const headers = { 'content-type': 'text/csv' };
  const { status } = await http(at(name), { method: 'PUT', body: csv, headers });
  expect(status).toBeLessThan(202);
}

const ids = async (name: string, query: string, server = api): Promise<unknown[]> =>
  (await http<PageBody>(at(name, `/records${query}`, server))).body.records.map(({ id }) => id);

describe('answers from one version', () => {
  const get = (path: string, etag?: string | null, server = api): Promise<Answer> =>
    http(at('tagged', path, server), {
      headers: etag === undefined || etag === null ? {} : { 'if-none-match': etag },
    });
  const PATHS = [
    '/records?mass__gt=1&name=a&name=b',
    '/aggregate?group=name&agg=mean(mass)',
    '/summary',
    '/export?format=csv',
    '/records/2/name',
    '/records?version=1',
  ];

  it('have an ETag, for which every process says 304 until the dataset changes', async () => {
    await load('tagged', 'id,name,mass\n1,a,10\n2,b,20\n3,c,30\n');
    for (const path of PATHS) {
      await get(path, null, other);
      const answer = await get(path);
      const etag = answer.headers.get('etag');
      expect([path, answer.status, etag]).toEqual([path, 200, expect.stringMatching(/^(W\/)?"/)]);
      for (const server of [api, other]) {
        const same = await get(path, etag, server);
        expect([path, same.status, same.body]).toEqual([path, 304, '']);
        expect(same.headers.get('etag')).toBe(etag);
        expect(same.headers.get('dataset-version')).toBe('1.0');
      }
    }
    const etag = (await get('/records?mass__gt=1&name=a')).headers.get('etag');
    expect((await get('/records?name=a&mass__gt=1', etag)).status).toBe(304);
    expect((await get('/records?mass__gt=2&name=a', etag)).status).toBe(200);
    expect((await get('/aggregate?nonsense=1', '*')).status).toBe(304);
    expect((await get('/aggregate?nonsense=1', etag)).status).toBe(400);
  });

  it('have another ETag once a record has changed, but for what was asked of a kept load', async () => {
    const etags = await Promise.all(
      PATHS.map(async (path) => (await get(path)).headers.get('etag')),
    );
    const patch = { method: 'PATCH', body: { name: 'z', mass: 25 } };
    expect((await http(at('tagged', '/records/2', other), patch)).status).toBe(200);
    const statuses = await Promise.all(
      PATHS.map(async (path, index) => (await get(path, etags[index])).status),
    );
    expect(api.log.filter(({ msg }) => msg === 'internal')).toEqual([]);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 304]);
    const page = await get('/records?name=z', etags[0]);
    expect(page.body).toMatchObject({ total: 1, version: '1.1' });
  });

  it('of an export depend on what the caller takes', async () => {
    const etag = (await get('/export')).headers.get('etag') ?? '';
    const headers = { 'if-none-match': etag, accept: 'text/csv' };
    const csv = await http<string>(at('tagged', '/export'), { headers });
    expect([csv.status, csv.body.split('\r\n')[0]]).toEqual([200, 'id,name,mass']);
  });
});

describe('kept loads', () => {
  beforeAll(async () => {
    await load('things', 'id,mass\n1,10\n2,20\n');
    await http(at('things', '/records/1'), { method: 'DELETE' });
    await load('things', 'id,name\n7,seven\n8,eight\n9,nine\n');
    await http(at('things', '/records/8'), { method: 'PATCH', body: { name: 'acht' } });
  });

  it('are listed, newest first', async () => {
    const answer = await http<{ versions: Record<string, unknown>[] }>(at('things', '/versions'));
    expect(answer.headers.get('dataset-version')).toBe('2.1');
    expect(answer.body.versions).toMatchObject([
      { number: 2, version: '2.0', current: true, rows: 3, format: 'csv', source: null },
      { number: 1, version: '1.0', current: false, rows: 2, format: 'csv' },
    ]);
    expect(answer.body.versions[1]?.['bytes']).toBeGreaterThan(1000);
  });

  it('are read as they were loaded, by every process', async () => {
    expect(await ids('things', '?version=1')).toEqual([1, 2]);
    expect(await ids('things', '?version=1&mass__gt=15', other)).toEqual([2]);
    const page = await http<PageBody>(at('things', '/records?version=2&name=eight'));
    expect(page.body).toMatchObject({ records: [{ id: 8, name: 'eight' }], version: '2.0' });
    expect(page.headers.get('dataset-version')).toBe('2.0');
    expect((await http<PageBody>(at('things', '/records?name=acht'))).body.version).toBe('2.1');
  });

  it.each([
    ['/records/1?version=1', { id: 1, mass: 10 }],
    ['/records/2/mass?version=1', { mass: 20 }],
    ['/records/8/name?version=2', { name: 'eight' }],
    ['/aggregate?version=1&agg=sum(mass)', { records: [{ 'sum(mass)': 30 }] }],
    ['/summary?version=1', { rows: 2, version: '1.0' }],
    ['/schema?version=1', { columns: [{ name: 'id' }, { name: 'mass', type: 'integer' }] }],
  ])('%s', async (path, expected) => {
    const answer = await http(at('things', path));
    expect(answer.body).toMatchObject(expected);
    expect(answer.headers.get('dataset-version')).toBe(path.includes('version=1') ? '1.0' : '2.0');
  });

  it('are exported', async () => {
    const answer = await fetch(at('things', '/export?version=1&format=csv'));
    expect(answer.headers.get('dataset-version')).toBe('1.0');
    expect(await answer.text()).toBe('id,mass\r\n1,10\r\n2,20\r\n');
  });

  it.each([
    '/records',
    '/records/7',
    '/records/7/name',
    '/summary',
    '/aggregate',
    '/export',
    '/schema',
    '/cite',
  ])('%s of any other load is gone', async (path) => {
    const answer = await http<ProblemBody>(at('things', `${path}?version=3`));
    expect([answer.status, answer.body.code]).toEqual([410, 'version-gone']);
    expect(answer.body.detail).toBe('load 3 of "things" is not kept; 2, 1 are');
    const none = await http<ProblemBody>(at('nothing', `${path}?version=3`));
    expect([none.status, none.body.code]).toEqual([404, 'unknown-dataset']);
    const wrong = await http<ProblemBody>(at('things', `${path}?version=latest`));
    expect([wrong.status, wrong.body.errors?.[0]?.field]).toEqual([400, 'version']);
  });

  it('go when there are more than KEPT_LOADS, and their files with them', async () => {
    await load('things', 'id\n3\n');
    expect((await http<ProblemBody>(at('things', '/records?version=1'))).status).toBe(410);
    expect(await ids('things', '?version=2')).toEqual([7, 8, 9]);
    expect(await filesThatStay('things')).toBe(2);
  });

  it('stay where an unfinished job needs them', async () => {
    await load('busy', 'id\n1\n');
    const job = await http<{ id: string }>(`${api.url}/jobs`, {
      method: 'POST',
      body: { analysis: 'describe', dataset: 'busy' },
    });
    expect(job.status).toBe(202); // no worker runs here, so it stays unfinished
    for (const id of [2, 3, 4]) await load('busy', `id\n${String(id)}\n`);
    expect(await ids('busy', '?version=1')).toEqual([1]);
    expect((await http(at('busy', '/records?version=2'))).status).toBe(410);
    await http(`${api.url}/jobs/${job.body.id}/cancel`, { method: 'POST' });
    await load('busy', 'id\n5\n');
    expect((await http(at('busy', '/records?version=1'))).status).toBe(410);
  });

  it('all go with their dataset', async () => {
    await load('short', 'id\n1\n');
    await load('short', 'id\n2\n');
    expect(await filesThatStay('short')).toBe(2);
    expect((await http(at('short'), { method: 'DELETE' })).status).toBe(204);
    expect(await filesThatStay('short')).toBe(0);
    expect((await http(at('short', '/records?version=1'))).status).toBe(404);
    await load('short', 'id\n3\n');
    expect((await http<ProblemBody>(at('short', '/records?version=1'))).status).toBe(410);
    expect(await ids('short', '?version=3')).toEqual([3]);
  });
});

/** Generations of a dataset in Redis that do not expire. */
async function filesThatStay(name: string): Promise<number> {
  const prefix = `${api.env['KEY_PREFIX'] ?? ''}:generation:${name}:`;
  const keys = (await redis.keys(`${prefix}*`)).filter((key) => !/:\d+$/.test(key));
  const lives = await Promise.all(keys.map((key) => redis.ttl(key)));
  return lives.filter((life) => life === -1).length;
}

describe('citing', () => {
  beforeAll(async () => {
    await load('falls', 'id\n1\n');
    await http(at('falls'), {
      method: 'PATCH',
      body: {
        title: 'Falls & finds',
        citation: 'The Meteoritical Society (2013). Falls & finds.',
        licence: 'CC0',
        source: 'https://example.org/falls',
      },
    });
  });
  const cite = (format: string): Promise<Answer<string>> =>
    http<string>(at('falls', `/cite?format=${format}`));
  const today = new Date().toISOString().slice(0, 10);

  it('is a sentence with the version and the day of access', async () => {
    const answer = await cite('text');
    expect(answer.headers.get('dataset-version')).toBe('1.0');
    expect(answer.body).toBe(
      `The Meteoritical Society (2013). Falls & finds. Dataset "falls", version 1.0. Licence: CC0. https://example.org/falls (accessed ${today}).`,
    );
  });

  it('is BibTeX', async () => {
    const { body } = await cite('bibtex');
    expect(body).toContain('@misc{falls-1.0,\n  title = {Falls \\& finds},\n');
    expect(body).toContain('howpublished = {\\url{https://example.org/falls}}');
    expect(body).toContain(`urldate = {${today}}`);
  });

  it('is CSL-JSON', async () => {
    const answer = await http<object[]>(at('falls', '/cite?format=csl'));
    expect(answer.headers.get('content-type')).toContain('application/vnd.citationstyles.csl+json');
    expect(answer.body).toMatchObject([
      {
        type: 'dataset',
        version: '1.0',
        URL: 'https://example.org/falls',
        accessed: { 'date-parts': [today.split('-').map(Number)] },
      },
    ]);
  });
});
