import { existsSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { BuildWithAnalyses } from '../factories/build-with-analyses.js';
import { http, type Answer, type ProblemBody } from '../support/http.js';
import { AlmanacProcess } from '../support/processes.js';
import { until } from '../support/until.js';
import { JobsClient, type Job } from './jobs-client.js';

interface Listed {
  readonly jobs: readonly Job[];
  readonly next: string | null;
}
interface Results {
  readonly version: string;
  readonly results: readonly { name: string; type: string; link: string; value?: unknown }[];
}
interface Receipt {
  readonly status: string;
  readonly requested: { by: string; address: string; at: string };
  readonly stopped: string | null;
}

/** Threads can be looked at on Linux only. */
const HAS_PROC = existsSync('/proc/self/task');
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const counts = { analysis: 'value-counts', dataset: 'tiny', params: { column: 'recclass' } };
const spin = (ms: number) => ({ analysis: 'spin', dataset: 'tiny', params: { ms } });

describe('jobs over HTTP', () => {
  let build: BuildWithAnalyses;
  let api: AlmanacProcess;
  let worker: AlmanacProcess;
  let client: JobsClient;

  beforeAll(async () => {
    build = new BuildWithAnalyses('spin', 'misbehave');
    api = await AlmanacProcess.api({ DEFAULT_DATASET: 'tiny' }, { root: build.root });
    const env = { KEY_PREFIX: api.env['KEY_PREFIX'], WORKER_CONCURRENCY: '1' };
    worker = await AlmanacProcess.worker(env, { root: build.root });
    client = new JobsClient(api.url);
    await client.load('tiny');
  });
  afterAll(async () => {
    await Promise.all([api.stop(), worker.stop()]);
    build.remove();
  });

  const post = <T = Job>(path: string, body?: object): Promise<Answer<T>> =>
    http<T>(`${api.url}${path}`, { method: 'POST', body });
  const get = <T>(path: string, headers = {}): Promise<Answer<T>> =>
    http<T>(`${api.url}${path}`, { headers });
  const complete = async (body: object): Promise<string> => {
    const { id } = await client.submit(body);
    expect(await client.finished(id)).toMatchObject({ status: 'complete' });
    return id;
  };

  /** Folder of the thread in which a spinning job runs. */
  const threadOf = async (id: string): Promise<string> => {
    const look = async () => {
      const { body } = await get<string>(`/jobs/${id}/log?format=text`);
      return /spins in (\d+\/task\/\d+)/.exec(body)?.[1];
    };
    const thread = `/proc/${await until(look, { what: 'the name of the thread' })}`;
    expect(existsSync(thread)).toBe(true);
    return thread;
  };

  it('are accepted with 202 and the address of their state', async () => {
    const { status, headers, body } = await post('/jobs', { ...counts, label: 'first' });
    expect(status).toBe(202);
    expect(body.id).toMatch(UUID);
    expect(headers.get('location')).toBe(`/jobs/${body.id}`);
    expect(body).toMatchObject({ status: 'submitted', progress: 0, params: { top: 20 } });
    expect(await client.finished(body.id)).toMatchObject({ status: 'complete', progress: 100 });
  });

  it('give named results that carry the version which was read', async () => {
    const id = await complete(counts);
    const { body } = await get<Results>(`/jobs/${id}/results`);
    expect(body.version).toMatch(/^\d+\.\d+$/);
    expect(body.results.map(({ name, type }) => [name, type])).toEqual([
      ['table.csv', 'text/csv; charset=utf-8'],
      ['table.json', 'application/json'],
      ['value.json', 'application/json'],
    ]);
    expect(body.results[1]?.value).toEqual([
      { value: 'L5', count: 2, share: 2 / 3 },
      { value: 'H6', count: 1, share: 1 / 3 },
    ]);
    const csv = await get<string>(body.results[0]?.link ?? '');
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.headers.get('content-length')).toBe(String(csv.body.length));
    expect(csv.headers.get('x-content-type-options')).toBe('nosniff');
    expect(csv.headers.get('dataset-version')).toBe(body.version);
    const known = { 'if-none-match': csv.headers.get('etag') ?? '' };
    expect(await get(body.results[0]?.link ?? '', known)).toMatchObject({ status: 304, body: '' });
  });

  it('of a range alone draw the default plot, downloaded as a file named by the job', async () => {
    const submitted = await post('/submit', { start: '1900', end: '1960' });
    expect(submitted).toMatchObject({ status: 202, body: { analysis: 'histogram' } });
    const { id } = submitted.body;
    expect(await client.finished(id)).toMatchObject({ status: 'complete' });
    const { headers, status } = await get(`/download/${id}`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('image/png');
    expect(headers.get('content-disposition')).toBe(`attachment; filename="${id}.png"`);
  });

  it('give a part of a result, large ones piece by piece, while it is the same', async () => {
    const id = await complete({ analysis: 'misbehave', dataset: 'tiny', params: { how: 'parts' } });
    const path = `/jobs/${id}/results/parts.bin`;
    const whole = await get<string>(path);
    expect(whole.body).toHaveLength(2_500_000);
    expect(whole.headers.get('accept-ranges')).toBe('bytes');
    const etag = whole.headers.get('etag') ?? '';

    const part = (range: string, more = {}) => get<string>(path, { range, ...more });
    for (const [range, from, end] of [
      ['bytes=0-0', 0, 1],
      ['bytes=100-2100099', 100, 2_100_100],
      ['bytes=2499990-', 2_499_990, 2_500_000],
      ['bytes=-1500000', 1_000_000, 2_500_000],
    ] as const) {
      const { status, headers, body } = await part(range, { 'if-range': etag });
      expect(status).toBe(206);
      expect(headers.get('content-range')).toBe(`bytes ${String(from)}-${String(end - 1)}/2500000`);
      expect(headers.get('content-length')).toBe(String(end - from));
      expect(body === whole.body.slice(from, end)).toBe(true);
    }
    expect((await part('bytes=0-9', { 'if-range': '"other"' })).status).toBe(200);
    expect((await part('bytes=0-9,20-29')).status).toBe(200);
    expect((await part('bytes=0-9', { 'if-none-match': etag })).status).toBe(304);
    const head = await http(`${api.url}${path}`, {
      method: 'HEAD',
      headers: { range: 'bytes=0-9' },
    });
    expect(head).toMatchObject({ status: 200 });
    for (const range of ['bytes=2500000-', 'bytes=9-5', 'bytes=a-b', 'bytes=-0']) {
      const refused = await get<ProblemBody>(path, { range });
      expect(refused).toMatchObject({ status: 416, body: { errors: [{ field: 'range' }] } });
      expect(refused.headers.get('content-range')).toBe('bytes */2500000');
    }
    const download = await get<string>(`/download/${id}`, { range: 'bytes=23-45' });
    expect(download).toMatchObject({ status: 206, body: 'abcdefghijklmnopqrstuvw' });
  });

  it('never hand a page to a browser that would run it', async () => {
    const id = await complete({ analysis: 'misbehave', dataset: 'tiny', params: { how: 'page' } });
    const { headers } = await get(`/jobs/${id}/results/page.html`);
    expect(headers.get('content-disposition')).toBe('attachment; filename="page.html"');
    expect(headers.get('content-security-policy')).toContain('sandbox');
  });

  it('are listed newest first, with the address of the next page', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.push((await client.submit({ ...spin(0), label: 'page' })).id);
    const first = await get<Listed>('/jobs?label=page&limit=3');
    await client.submit({ ...spin(0), label: 'page' });
    const second = await get<Listed>(first.body.next ?? '');
    const seen = [...first.body.jobs, ...second.body.jobs].map(({ id }) => id);
    expect(seen).toEqual([...ids].reverse());
    expect(second.body.next).toBeNull();
  });

  it('that run are cancelled within two seconds, their thread has ended, with a receipt', async () => {
    const { id } = await client.submit(spin(60_000));
    await client.reach(id, ({ progress }) => progress > 30);
    const waiting = await client.submit(spin(60_000));
    const thread = HAS_PROC ? await threadOf(id) : '';
    const begin = performance.now();
    const { status, body, headers } = await post<Receipt>(`/jobs/${id}/cancel`);
    expect(performance.now() - begin).toBeLessThan(2000);
    expect(status).toBe(202);
    expect(body.status).toBe('cancelled');
    expect(body.requested.by).toBe(headers.get('x-request-id'));
    expect(body.requested.address).toBe('127.0.0.1');
    expect(Date.parse(body.stopped ?? '')).toBeGreaterThanOrEqual(Date.parse(body.requested.at));
    if (HAS_PROC)
      await until(() => !existsSync(thread), {
        what: 'the end of the thread',
        deadline: 2000,
      });
    expect(performance.now() - begin).toBeLessThan(2000);
    expect(await post(`/jobs/${waiting.id}/cancel`)).toMatchObject({ status: 202 });
    expect(await post(`/jobs/${id}/cancel`)).toMatchObject({ status: 409 });
    const gone = await get<ProblemBody>(`/jobs/${id}/results`);
    expect(gone).toMatchObject({ status: 410, body: { code: 'job-cancelled' } });
  });

  it('that are not finished have no results yet, and cannot be removed', async () => {
    const { id } = await client.submit(spin(60_000));
    const early = await get<ProblemBody>(`/jobs/${id}/results`);
    expect(early).toMatchObject({ status: 409, body: { code: 'job-not-finished' } });
    expect(early.headers.get('retry-after')).toBe('1');
    const refused = await http(`${api.url}/jobs/${id}`, { method: 'DELETE' });
    expect(refused.status).toBe(409);
    await post(`/jobs/${id}/cancel`);
    expect((await http(`${api.url}/jobs/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await get(`/jobs/${id}`)).status).toBe(404);
  });

  it('that fail say why', async () => {
    const { id } = await client.submit({ analysis: 'misbehave', dataset: 'tiny' });
    const failed = await client.finished(id);
    expect(failed).toMatchObject({ status: 'failed', problem: { code: 'empty-dataset' } });
    expect(await get(`/jobs/${id}/results`)).toMatchObject({
      status: 422,
      body: { code: 'job-failed', cause: { code: 'empty-dataset', detail: 'nothing here' } },
    });
  });

  it('keep their log, as JSON and as text', async () => {
    const id = await complete(spin(1));
    const { body } = await get<{ lines: { at: string; line: string }[] }>(`/jobs/${id}/log`);
    expect(body.lines.map(({ line }) => line)).toContain('spun');
    const text = await get<string>(`/jobs/${id}/log?format=text`);
    expect(text.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(text.body.split('\n')).toHaveLength(body.lines.length + 1);
  });

  const refusals: [object, number, string, string | undefined][] = [
    [{ ...counts, params: { column: 'recclas' } }, 400, 'unknown-column', 'params.column'],
    [{ ...counts, params: { column: 'recclass', top: 0 } }, 400, 'invalid-parameter', 'params.top'],
    [{ ...counts, filter: { none: 1 } }, 400, 'unknown-column', 'filter.none'],
    [{ ...counts, speed: 1 }, 400, 'unknown-parameter', 'speed'],
    [{ ...counts, dataset: 'none' }, 404, 'unknown-dataset', undefined],
    [{ analysis: 'value-count' }, 404, 'unknown-analysis', undefined],
    [{ ...spin(1), timeout: 1_000_000 }, 400, 'invalid-parameter', 'timeout'],
    [{ ...counts, priority: 'high' }, 400, 'invalid-parameter', 'priority'],
    [[], 400, 'invalid-body', undefined],
  ];
  it.each(refusals)('refuse %j', async (body, status, code, field) => {
    const refused = await post<ProblemBody>('/jobs', body);
    expect(refused).toMatchObject({ status, body: { code } });
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    // One mistake, one message.
    const fields = refused.body.errors?.map((error) => error.field);
    expect(fields).toEqual(field === undefined ? undefined : [field]);
  });
});
