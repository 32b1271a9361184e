import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { http, type PageBody, type ProblemBody } from '../support/http.js';
import { AlmanacProcess } from '../support/processes.js';
import { until } from '../support/until.js';

let api: AlmanacProcess;
let worker: AlmanacProcess;
let server: Server;
let content = 'id,name\n1,a\n2,b\n';
let etag = '"1"';
let asked = 0;
const url = (path: string): string => `${api.url}${path}`;
const at = (path: string): string =>
  `http://127.0.0.1:${String((server.address() as AddressInfo).port)}${path}`;

beforeAll(async () => {
  server = createServer((request, reply) => {
    asked++;
    if (request.url === '/moved') reply.writeHead(301, { location: '/table.csv' }).end();
    else if (request.url === '/silent') return;
    else if (request.url === '/cut') {
      reply.writeHead(200, { 'content-length': 1000 });
      reply.write('id\n1\n', () => reply.destroy());
    } else if (request.url === '/gone') reply.writeHead(404).end();
    else if (request.headers['if-none-match'] === etag) reply.writeHead(304).end();
    else {
      reply.writeHead(200, { etag, 'content-type': 'text/plain' });
      reply.end(gzipSync(content));
    }
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  api = await AlmanacProcess.api({ ALLOW_PRIVATE_SOURCES: 'true' });
  const { KEY_PREFIX, ALLOW_PRIVATE_SOURCES } = api.env;
  worker = await AlmanacProcess.worker({ KEY_PREFIX, ALLOW_PRIVATE_SOURCES });
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await Promise.all([api.stop(), worker.stop()]);
});

const create = (body: object) => http<ProblemBody>(url('/datasets'), { method: 'POST', body });

async function load(name: string): Promise<Record<string, unknown>> {
  const answer = await http(url(`/datasets/${name}/load`), { method: 'POST' });
  expect(answer.status).toBe(202);
  const job = answer.headers.get('location') ?? '';
  return until(
    async () => {
      const { body } = await http(url(job));
      if (!['complete', 'failed', 'cancelled'].includes(String(body['status']))) return undefined;
      const report =
        body['status'] === 'complete' ? (await http(url(`${job}/results/report.json`))).body : null;
      const log = (await http<{ lines?: unknown }>(url(`${job}/log`))).body;
      return { ...body, report, log };
    },
    { what: `the end of loading ${name}`, deadline: 40_000 },
  );
}

describe('a dataset with a source', () => {
  it('is declared, and says so until it is loaded', async () => {
    const source = { url: at('/moved') };
    const answer = await create({
      name: 'remote',
      source,
      title: 'Remote',
      licence: 'CC0',
      schema: { name: { type: 'text', description: 'A name' } },
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([201, '/datasets/remote']);
    expect(answer.body).toMatchObject({
      name: 'remote',
      title: 'Remote',
      rows: 0,
      version: null,
      source: source.url,
    });
    expect((await http(url('/datasets/remote'))).body).toMatchObject({ rows: 0, licence: 'CC0' });
    const list = (await http<{ datasets: { name: string }[] }>(url('/datasets'))).body.datasets;
    expect(list.map(({ name }) => name)).toContain('remote');
    const records = await http<ProblemBody>(url('/datasets/remote/records'));
    expect([records.status, records.body.code]).toEqual([409, 'dataset-not-loaded']);
    expect((await create({ name: 'remote', source })).body.code).toBe('dataset-exists');
  });

  it('is loaded as a job, and again only where the source has changed', async () => {
    expect(await load('remote')).toMatchObject({
      status: 'complete',
      version: '1.0',
      report: { rows: 2, source: { etag } },
    });
    expect((await http(url('/datasets/remote'))).body).toMatchObject({
      rows: 2,
      title: 'Remote',
      source: at('/moved'),
    });
    await http(url('/datasets/remote/records/1'), { method: 'PATCH', body: { name: 'edited' } });
    expect(await load('remote')).toMatchObject({
      status: 'complete',
      version: '1.1',
      report: { unchanged: true },
    });
    expect((await http(url('/datasets/remote/records/1'))).body['name']).toBe('edited');
    [content, etag] = ['id,name\n1,c\n2,d\n3,e\n', '"2"'];
    expect(await load('remote')).toMatchObject({
      status: 'complete',
      version: '2.0',
      report: { rows: 3 },
    });
    const { records } = (await http<PageBody>(url('/datasets/remote/records'))).body;
    expect(records.map(({ name }) => name)).toEqual(['c', 'd', 'e']);
  });

  it('fetches anew what was replaced by an upload in the meantime', async () => {
    await http(url('/datasets/remote'), {
      method: 'PUT',
      body: 'id,name\n9,z\n',
      headers: { 'content-type': 'text/csv' },
    });
    expect(await load('remote')).toMatchObject({
      status: 'complete',
      version: '4.0',
      report: { rows: 3 },
    });
  });

  it.each([
    ['/gone', 'source-failed'],
    ['/cut', 'source-failed'],
  ])('fails as a job where the source does: %s', async (path, code) => {
    const name = `bad${path.slice(1)}`;
    await create({ name, source: { url: at(path) } });
    expect(await load(name)).toMatchObject({ status: 'failed', problem: { code } });
    expect((await http(url(`/datasets/${name}`))).body).toMatchObject({ rows: 0 });
    expect((await http(url(`/datasets/${name}`), { method: 'DELETE' })).status).toBe(204);
    expect((await http(url(`/datasets/${name}`))).status).toBe(404);
  });

  it('can be cancelled while the source is silent', async () => {
    await create({ name: 'silent', source: { url: at('/silent') } });
    const answer = await http(url('/datasets/silent/load'), { method: 'POST' });
    const job = answer.headers.get('location') ?? '';
    await until(async () => (await http(url(job))).body['status'] === 'in_progress', {
      what: 'the start',
      deadline: 20_000,
    });
    await http(url(`${job}/cancel`), { method: 'POST' });
    await until(async () => (await http(url(job))).body['status'] === 'cancelled', {
      what: 'the end',
      deadline: 10_000,
    });
  });

  it.each<[object, number, string]>([
    [{ name: 'x', source: { url: 'ftp://example.org/a' } }, 422, 'source-refused'],
    [{ name: 'x', source: { url: 'http://u:p@example.org/a' } }, 422, 'source-refused'],
    [
      { name: 'x', source: { url: 'https://example.org/a', format: 'xls' } },
      400,
      'invalid-parameter',
    ],
    [{ name: 'x', source: {} }, 400, 'invalid-parameter'],
    [{ name: 'x', source: { url: 'https://example.org/a', path: 'b' } }, 400, 'unknown-parameter'],
    [{ name: 'a b', source: { url: 'https://example.org/a' } }, 400, 'invalid-parameter'],
    [
      { name: 'x', source: { url: 'https://example.org/a' }, schema: { a: 'float' } },
      400,
      'invalid-parameter',
    ],
    [{ source: { url: 'https://example.org/a' } }, 400, 'invalid-parameter'],
  ])('is refused as %j', async (body, status, code) => {
    const answer = await create(body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('is missing where a dataset was uploaded', async () => {
    await http(url('/datasets/uploaded'), {
      method: 'PUT',
      body: 'a\n1\n',
      headers: { 'content-type': 'text/csv' },
    });
    const answer = await http<ProblemBody>(url('/datasets/uploaded/load'), { method: 'POST' });
    expect([answer.status, answer.body.code]).toEqual([409, 'no-source']);
    expect((await http(url('/datasets/nothing/load'), { method: 'POST' })).status).toBe(404);
  });
});

describe('without ALLOW_PRIVATE_SOURCES', () => {
  it('addresses of this machine are refused, as they stand and as names', async () => {
    const strict = await AlmanacProcess.api({ KEY_PREFIX: api.env['KEY_PREFIX'] });
    try {
      const before = asked;
      const answer = await http<ProblemBody>(`${strict.url}/datasets`, {
        method: 'POST',
        body: { name: 'inside', source: { url: at('/table.csv') } },
      });
      expect([answer.status, answer.body.code]).toEqual([422, 'source-refused']);
      expect(answer.body.errors?.[0]?.field).toBe('source.url');
      expect(asked).toBe(before);
    } finally {
      await strict.stop();
    }
  });
});
