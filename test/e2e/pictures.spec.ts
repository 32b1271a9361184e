import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';

import { http, type ProblemBody } from '../support/http.js';
import { AlmanacProcess } from '../support/processes.js';
import { JobsClient } from './jobs-client.js';

/** Plots by plain addresses, through a real queue and a real worker. */
let api: AlmanacProcess;
let worker: AlmanacProcess;
beforeAll(async () => {
  api = await AlmanacProcess.api();
  worker = await AlmanacProcess.worker({ KEY_PREFIX: api.env['KEY_PREFIX'] });
  const rows = Array.from({ length: 60 }, (_, i) => `${String(i)},${String(i * i)},${'ab'[i % 2]}`);
  await load(`x,size,class\n${rows.join('\n')}\n`, 201);
});
afterAll(async () => {
  await Promise.all([api.stop(), worker.stop()]);
});

async function load(body: string, status: number): Promise<void> {
  const answer = await http(`${api.url}/datasets/sample`, { method: 'PUT', body });
  expect(answer.status).toBe(status);
}

const plot = (file: string, query: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${api.url}/datasets/sample/${file}?${new URLSearchParams(query).toString()}`, { headers });

const jobs = async (): Promise<number> =>
  (await http<{ jobs: unknown[] }>(`${api.url}/jobs`)).body.jobs.length;

const scatter = { kind: 'scatter', x: 'x', y: 'size', width: '400', height: '300', scale: '1' };

describe('a plot by its address', () => {
  it('is drawn by a job once, and has not changed for who knows it', async () => {
    const drawn = await Promise.all([plot('plot.png', scatter), plot('plot.png', scatter)]);
    const [first, second] = drawn;
    expect(drawn.map(({ status }) => status)).toEqual([200, 200]);
    expect(first.headers.get('content-type')).toBe('image/png');
    expect(first.headers.get('cache-control')).toBe('no-cache');
    expect(first.headers.get('dataset-version')).toBe('1.0');
    const bytes = Buffer.from(await first.arrayBuffer());
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 400, height: 300 });
    expect(bytes.equals(Buffer.from(await second.arrayBuffer()))).toBe(true);
    const again = await plot('plot.png', scatter);
    expect(Buffer.from(await again.arrayBuffer()).equals(bytes)).toBe(true);
    const etag = first.headers.get('etag') ?? '';
    const known = await plot('plot.png', scatter, { 'if-none-match': etag });
    expect([known.status, known.headers.get('etag'), await known.text()]).toEqual([304, etag, '']);
    expect(await jobs()).toBe(1);
  });

  it('is the picture of the analysis, and only what was asked for is drawn', async () => {
    const svg = await (await plot('plot.svg', scatter)).text();
    const { body: listed } = await http<{ jobs: { id: string }[] }>(`${api.url}/jobs?limit=1`);
    const made = `${api.url}/jobs/${listed.jobs[0]?.id ?? ''}/results`;
    const { body: results } = await http<{ results: { name: string }[] }>(made);
    expect(results.results.map(({ name }) => name)).toEqual(['plot.svg']);
    const params = { x: 'x', y: 'size', width: 400, height: 300, scale: 1 };
    const request = { analysis: 'scatter', dataset: 'sample', params };
    const { body: job } = await http(`${api.url}/jobs`, { method: 'POST', body: request });
    await new JobsClient(api.url).finished(String(job['id']));
    const whole = await fetch(`${api.url}/jobs/${String(job['id'])}/results/plot.svg`);
    expect(await whole.text()).toBe(svg);
  });

  it('takes filters, and panels as JSON', async () => {
    const few = await (await plot('plot.svg', { ...scatter, class: 'a', x__lt: '11' })).text();
    expect(few).toContain('6 rows');
    const plots = JSON.stringify([
      { kind: 'histogram', column: 'size' },
      { kind: 'scatter', x: 'x', y: 'size' },
    ]);
    const panels = await plot('plot.png', { kind: 'panels', plots });
    expect([panels.status, panels.headers.get('content-type')]).toEqual([200, 'image/png']);
  });

  it('is divided by a column', async () => {
    const svg = await (
      await plot('plot.svg', { ...scatter, width: '600', height: '400', facet: 'class' })
    ).text();
    expect(svg.match(/<svg /g)).toHaveLength(3);
    expect(svg.match(/30 rows/g)?.length).toBeGreaterThanOrEqual(2);
  });

  it('has the same bytes from another process', async () => {
    const script = fileURLToPath(new URL('../support/draw-and-hash.mjs', import.meta.url));
    const draw = (first: string): Promise<{ stdout: string }> =>
      promisify(execFile)(process.execPath, [script, first]);
    const [one, other] = await Promise.all([draw('scatter'), draw('panels')]);
    expect(JSON.parse(one.stdout)).toEqual(JSON.parse(other.stdout));
    expect(Object.keys(JSON.parse(one.stdout) as object)).toHaveLength(8);
  });

  it('is another one when the dataset has changed', async () => {
    const before = await plot('plot.png', scatter);
    await load('x,size,class\n1,2,a\n3,4,b\n', 200);
    const etag = before.headers.get('etag') ?? '';
    const after = await plot('plot.png', scatter, { 'if-none-match': etag });
    expect([after.status, after.headers.get('dataset-version')]).toEqual([200, '2.0']);
  });

  it.each([
    [{}, 400, 'kind', 'must be one of bar, box'],
    [{ kind: 'scater' }, 400, 'kind', 'must be one of'],
    [{ kind: 'scatter', x: 'x' }, 400, 'y', 'is missing'],
    [{ ...scatter, y: 'siz' }, 400, 'y', 'did you mean size?'],
    [{ kind: 'histogram', column: 'siz' }, 400, 'column', 'did you mean size?'],
    [{ ...scatter, width: '12' }, 400, 'width', 'must not be less than 200'],
    [{ ...scatter, scale: '4', width: '4000', height: '4000' }, 400, 'scale', 'at most'],
    [{ ...scatter, sise__gt: '1' }, 400, 'sise__gt', 'no column'],
    [{ ...scatter, y: 'class' }, 422, 'y', 'expected number'],
    [{ kind: 'panels', plots: '[{"kind": "pie"}]' }, 400, 'plots[0].kind', 'must be one of'],
    [{ ...scatter, facet: 'class' }, 400, 'facet', 'needs 480 x 320'],
    [{ kind: 'line', x: 'x', y: 'size', style: 'r-z' }, 400, 'style', 'style string'],
    [{ kind: 'panels', plots: '[{' }, 400, 'plots', 'must be JSON'],
  ] as const)('names the fault of %j', async (query, status, field, message) => {
    const answer = await plot('plot.png', query);
    const { errors = [] } = (await answer.json()) as ProblemBody;
    expect([answer.status, errors[0]?.field]).toEqual([status, field]);
    expect(errors.map((fault) => fault.message).join('; ')).toContain(message);
  });

  it('is a job that can be followed, where it is not waited for', async () => {
    const query = { ...scatter, title: 'Later' };
    const answer = await plot('plot.png', query, { prefer: 'respond-async' });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([202, '2']);
    const { id } = (await answer.json()) as { id: string };
    expect(answer.headers.get('location')).toBe(`/jobs/${id}`);
    expect((await plot('plot.png', query)).status).toBe(200);
  });
});
