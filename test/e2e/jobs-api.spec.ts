import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { DatasetDeclaration } from '../../src/catalog/declaration.js';
import { http, type ProblemBody } from '../support/http.js';
import { AlmanacProcess, uniquePrefix } from '../support/processes.js';
import { until } from '../support/until.js';

/** The jobs API of the course: its curl lines, as they stand there, but for host and port. */
const run = promisify(execFile);
const LANDINGS =
  'name,id,recclass,mass (g),year,reclat,reclong\nRuiz,1,L5,21,1951,50.775,6.08333\nBeeler,2,H6,720,2001,56.2,10.2\nMitchell,3,L6,780,2021,-33.2,-64.95\n';

/** What the folders of the catalog declare: a new one is tested with the others. */
const declarations = await Promise.all(
  readdirSync('src/catalog')
    .filter((name) => existsSync(`src/catalog/${name}/${name}.dataset.ts`))
    .map(async (name) => {
      const module = `../../src/catalog/${name}/${name}.dataset.js`;
      return ((await import(module)) as { default: DatasetDeclaration }).default;
    }),
);

let source: Server;
let api: AlmanacProcess;
let worker: AlmanacProcess;
beforeAll(async () => {
  source = createServer((_, reply) => {
    reply.writeHead(200, { 'content-type': 'text/csv' }).end(LANDINGS);
  }).listen(0, '127.0.0.1');
  const env = { KEY_PREFIX: uniquePrefix(), ALLOW_PRIVATE_SOURCES: 'true', DEFAULT_INDEX: 'id' };
  [api, worker] = await Promise.all([AlmanacProcess.api(env), AlmanacProcess.worker(env)]);
});
afterAll(async () => {
  await Promise.all([api.stop(), worker.stop()]);
  source.close();
});

/** A line of the course, run by the shell. */
async function line(command: string): Promise<string> {
  const here = command.replaceAll('localhost:5000', api.url.replace('http://', ''));
  const { stdout } = await run('bash', ['-c', here.replace(/^curl/, 'curl -sS')]);
  return stdout;
}
const json = async <T = Record<string, unknown>>(command: string): Promise<T> =>
  JSON.parse(await line(command)) as T;
const head = async (command: string): Promise<string> =>
  (await line(`${command} -o /dev/null -D -`)).toLowerCase();

const declare = async (name: string, url: string): Promise<void> => {
  const body = { name, source: { url } };
  expect((await http(`${api.url}/datasets`, { method: 'POST', body })).status).toBe(201);
};

/** A table with what the dataset cannot be without. */
function oneRow({ needs = ['id', 'name'], columns }: DatasetDeclaration): string {
  const values = needs.map((column) => {
    const timed = column === 'time' || columns[column]?.type === 'timestamp';
    return timed ? '2024-01-01T00:00:00Z' : '1';
  });
  return `${needs.join()}\n${values.join()}\n`;
}

/** Nobody listens there: what a machine without a network meets, at once and without one. */
const UNREACHABLE = 'http://127.0.0.1:1/file';

describe('before anything is loaded', () => {
  it.each([
    ['curl localhost:5000/data', 404, /POST \/datasets\/meteorites\/load fetches it/],
    [
      'curl -X DELETE localhost:5000/data',
      404,
      /PUT \/datasets\/meteorites \(curl -T FILE\) loads a file/,
    ],
    ['curl -X POST localhost:5000/image', 409, /holds no data: POST \/data loads it/],
    ['curl localhost:5000/image', 404, /POST \/image draws one/],
    ['curl -X DELETE localhost:5000/image', 404, /there is no image/],
    [`curl -X POST -d '{"start":1,"end":2}' localhost:5000/jobs`, 404, /is not loaded/],
  ])('%s is %d and says what to do', async (command, status, detail) => {
    const problem = await json<ProblemBody>(command);
    expect(problem.status).toBe(status);
    expect(problem.detail).toMatch(detail);
  });
});

describe('without a network', () => {
  const withUrl = declarations.filter(({ url }) => url !== undefined);

  it('is every dataset of the catalog that its publisher offers', () => {
    expect(withUrl.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['genes', 'iss', 'meteorites', 'water']),
    );
  });

  it.each(withUrl)(
    '$name says so, offers the upload, and keeps what is there',
    async (declaration) => {
      const { name } = declaration;
      await declare(name, UNREACHABLE);
      expect(await loading(name)).toMatchObject(refusal(name));
      expect(await json(`curl localhost:5000/datasets/${name}/records`)).toMatchObject({
        status: 409,
        code: 'dataset-not-loaded',
        detail: expect.stringContaining(`PUT /datasets/${name}`) as unknown,
      });

      const headers = { 'content-type': 'text/csv' };
      const body = oneRow(declaration);
      expect(
        (await http(`${api.url}/datasets/${name}`, { method: 'PUT', body, headers })).status,
      ).toBe(201);
      const before = await json(`curl localhost:5000/datasets/${name}/records`);
      expect(before).toMatchObject({ total: 1 });
      expect(await loading(name)).toMatchObject(refusal(name));
      expect(await json(`curl localhost:5000/datasets/${name}/records`)).toEqual(before);
      await http(`${api.url}/datasets/${name}`, { method: 'DELETE' });
    },
  );

  const loading = async (name: string): Promise<Record<string, unknown>> => {
    const { id } = await json(`curl -X POST localhost:5000/datasets/${name}/load`);
    const job = await json(`curl 'localhost:5000/jobs/${String(id)}?wait=30'`);
    const results = await json(`curl localhost:5000/jobs/${String(id)}/results`);
    return { ...job, results };
  };

  const refusal = (name: string): object => {
    const detail = `127.0.0.1:1 cannot be reached: ECONNREFUSED; nothing was changed; a file of it can be sent with PUT /datasets/${name}`;
    const problem = { code: 'source-failed', detail };
    return { status: 'failed', problem, results: { code: 'job-failed', detail, status: 422 } };
  };
});

describe('/data', () => {
  it('without a network says so, and offers the upload', async () => {
    await declare('meteorites', UNREACHABLE);
    const problem = await json<ProblemBody>('curl -X POST localhost:5000/data');
    expect(problem).toMatchObject({ status: 502, code: 'source-failed' });
    expect(problem.detail).toMatch(/cannot be reached: ECONNREFUSED; .*or as the body of this/);
    await http(`${api.url}/datasets/meteorites`, { method: 'DELETE' });
  });

  it('is loaded from its source, listed, looked at and emptied', async () => {
    const url = `http://127.0.0.1:${String((source.address() as AddressInfo).port)}/landings.csv`;
    await declare('meteorites', url);
    expect(await json('curl -X POST localhost:5000/data')).toMatchObject({ rows: 3, key: 'id' });
    const list = await json<{ name: string }[]>('curl localhost:5000/data');
    expect(list.map(({ name }) => name)).toEqual(['Ruiz', 'Beeler', 'Mitchell']);
    expect(await json("curl 'localhost:5000/data?search=beel'")).toEqual([list[1]]);
    expect(await json("curl 'localhost:5000/data?limit=1&offset=2'")).toEqual([list[2]]);
    expect(await json('curl localhost:5000/data/3')).toEqual(list[2]);
    expect(await json('curl localhost:5000/data/9')).toMatchObject({ status: 404 });
    expect(await json("curl 'localhost:5000/data?limit=x'")).toMatchObject({ status: 400 });
    expect(await json('curl -X DELETE localhost:5000/data')).toMatchObject({ deleted: 3 });
    expect(await json('curl localhost:5000/data')).toEqual([]);
    expect(await json('curl -X POST localhost:5000/image')).toMatchObject({ code: 'no-data' });
  });

  it('is loaded from a body', async () => {
    const loaded = `curl -X POST --data-binary $'${LANDINGS.replaceAll('\n', '\\n')}' localhost:5000/data`;
    expect(await json(loaded)).toMatchObject({ rows: 3, report: { format: 'csv' } });
    const damaged = await json(`curl -X POST -d '{"a":' localhost:5000/data`);
    expect(damaged).toMatchObject({ status: 422, code: 'unreadable-file' });
    expect(await json('curl localhost:5000/data')).toHaveLength(3);
  });
});

describe('/jobs', () => {
  it('takes start and end, and gives the picture as a file named by the job', async () => {
    const job = await json<{ id: string; status: string }>(
      `curl -X POST -H "content-type: application/json" -d '{"start":1,"end":2}' localhost:5000/jobs`,
    );
    expect(job.status).toBe('submitted');
    const done = await until(async () => {
      const now = await json<{ status: string }>(`curl localhost:5000/jobs/${job.id}`);
      return now.status === 'complete' ? now : undefined;
    });
    expect(done).toMatchObject({ analysis: 'histogram', filter: { id__gte: 1, id__lte: 2 } });
    const { jobs } = await json<{ jobs: { id: string }[] }>('curl localhost:5000/jobs');
    expect(jobs.map(({ id }) => id)).toContain(job.id);
    expect(await json(`curl localhost:5000/jobs/${job.id}/results`)).toMatchObject({
      results: expect.arrayContaining([expect.objectContaining({ name: 'plot.png' })]) as unknown,
    });
    const headers = await head(`curl localhost:5000/download/${job.id}`);
    expect(headers).toContain('content-type: image/png');
    expect(headers).toContain(`attachment; filename="${job.id}.png"`);
  });

  it('draws an empty range as an empty picture', async () => {
    const job = await json<{ id: string }>(
      `curl -X POST -d '{"start":"2001","end":"2021"}' localhost:5000/submit`,
    );
    expect(await json(`curl 'localhost:5000/jobs/${job.id}?wait=20'`)).toMatchObject({
      problem: null,
    });
    await until(async () =>
      (await head(`curl localhost:5000/download/${job.id}`)).includes('image/png'),
    );
  });

  it.each([
    [`-d '{"start":'`, 'localhost:5000/jobs', 400, 'malformed-json'],
    [`-d '{"start":"x","end":2}'`, 'localhost:5000/jobs', 400, 'invalid-parameter'],
    [`-d '{"start":5,"end":2}'`, 'localhost:5000/jobs', 400, 'invalid-parameter'],
    [`-d '{}'`, 'localhost:5000/submit', 400, 'invalid-parameter'],
    ['-d 7', 'localhost:5000/jobs', 400, 'invalid-body'],
    [`-d '{"start":"abc"}'`, 'localhost:5000/jobs', 400, 'invalid-parameter'],
  ])('refuses %s at %s with %d', async (data, url, status, code) => {
    expect(await json(`curl -X POST ${data} ${url}`)).toMatchObject({ status, code });
  });

  it.each([
    ['{"start":"abc"}', 'start', /^must be a whole number .*; got "abc"$/],
    ['{"start":1990,"end":"abc"}', 'end', /got "abc"$/],
    ['{"start":2000,"end":1990}', 'start', /^must not be after end$/],
  ])('names what is wrong in %s as it was sent: %s', async (data, field, message) => {
    const { errors } = await json(`curl -X POST -d '${data}' localhost:5000/jobs`);
    expect(errors).toEqual([{ field, message: expect.stringMatching(message) as unknown }]);
  });
});

describe('a file sent with curl -d', () => {
  it('has lost its line breaks, which is told with what keeps them', async () => {
    const sent = `curl -X PUT -d 'a,b 1,2' localhost:5000/datasets/broken`;
    expect(await json(sent)).toMatchObject({
      code: 'unreadable-file',
      detail: expect.stringContaining('curl -T FILE') as unknown,
    });
    const kept = `curl -X PUT -d '[{"a":1}]' localhost:5000/datasets/kept`;
    expect(await json(kept)).toMatchObject({ rows: 1 });
  });
});

describe('/image', () => {
  it('is drawn, got and removed', async () => {
    expect(await json('curl -X POST localhost:5000/image')).toMatchObject({ status: 'complete' });
    expect(await head('curl localhost:5000/image')).toContain('content-type: image/png');
    expect(
      await json(`curl -X POST -d '{"params":{"bins":5}}' localhost:5000/image`),
    ).toMatchObject({ analysis: 'histogram', params: { bins: [5] } });
    const chosen = `{"analysis":"scatter","params":{"x":"year","y":"mass (g)"}}`;
    expect(await json(`curl -X POST -d '${chosen}' localhost:5000/image`)).toMatchObject({
      analysis: 'scatter',
    });
    const table = `{"analysis":"value-counts","params":{"column":"recclass"}}`;
    expect(await json(`curl -X POST -d '${table}' localhost:5000/image`)).toMatchObject({
      status: 400,
      errors: [{ field: 'analysis' }],
    });
    expect(await head('curl -X DELETE localhost:5000/image')).toContain(' 204 ');
    expect(await json('curl localhost:5000/image')).toMatchObject({ status: 404 });
  });
});

describe('/help', () => {
  it('names every route of the course', async () => {
    const help = await line('curl localhost:5000/help');
    for (const route of [
      'POST /data',
      'GET /jobs',
      'POST /submit',
      'GET /download/',
      'POST /image',
    ])
      expect(help.replace(/ +/g, ' ')).toContain(route);
  });
});
