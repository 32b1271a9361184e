import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { http, type PageBody, type ProblemBody } from '../support/http.js';
import { AlmanacProcess } from '../support/processes.js';
import { until } from '../support/until.js';

let api: AlmanacProcess;
let worker: AlmanacProcess | undefined;
const url = (path: string): string => `${api.url}${path}`;

beforeAll(async () => {
  api = await AlmanacProcess.api();
});
afterAll(async () => {
  await Promise.all([api.stop(), worker?.stop()]);
});

interface RejectsBody {
  readonly rejects: readonly { line: number; column?: string; value?: string; reason: string }[];
  readonly total: number;
  readonly kept: number;
  readonly next: string | null;
  readonly version: string;
}

const put = <T = Record<string, unknown>>(
  path: string,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
) =>
  http<T>(url(path), { method: 'PUT', body, headers: { 'content-type': 'text/csv', ...headers } });

const SCHEMA = encodeURIComponent('{"n": "integer"}');

describe('refused rows', () => {
  it('can be read page by page, with line, column, value and reason', async () => {
    const rows = Array.from({ length: 250 }, (_, i) =>
      i % 2 === 0 ? String(i) : `bad ${String(i)}`,
    );
    await put(`/datasets/rejected?schema=${SCHEMA}`, `n\n${rows.join('\n')}\n`);
    const first = await http<RejectsBody>(url('/datasets/rejected/rejects'));
    expect(first.headers.get('dataset-version')).toBe('1.0');
    expect(first.body).toMatchObject({ total: 125, kept: 125, version: '1.0' });
    expect(first.body.rejects[0]).toEqual({
      line: 3,
      record: 2,
      column: 'n',
      value: 'bad 1',
      reason: '"bad 1" is no integer',
    });
    const second = await http<RejectsBody>(url(first.body.next ?? ''));
    expect([second.body.rejects.length, second.body.next]).toEqual([25, null]);
    expect(second.body.rejects[24]?.line).toBe(251);
    expect((await http(url('/datasets/rejected/load-report'))).body).toMatchObject({
      refused: 125,
    });
  });

  it('belong to the last load, and go with the dataset', async () => {
    await put('/datasets/rejected', 'n\n1\n');
    const { body } = await http<RejectsBody>(url('/datasets/rejected/rejects'));
    expect(body).toEqual({ rejects: [], total: 0, kept: 0, next: null, version: '2.0' });
    await http(url('/datasets/rejected'), { method: 'DELETE' });
    expect((await http(url('/datasets/rejected/rejects'))).status).toBe(404);
  });

  it('fail the load with onError=fail: the first are named, and nothing changes', async () => {
    await put('/datasets/strict', 'n\n1\n');
    const answer = await put<ProblemBody & { rejects: unknown[]; refused: number }>(
      `/datasets/strict?onError=fail&schema=${SCHEMA}`,
      'n\n1\nx\n2,3\n',
    );
    expect([answer.status, answer.body.code, answer.body.refused]).toEqual([
      422,
      'rejected-rows',
      2,
    ]);
    expect(answer.body.rejects).toMatchObject([{ line: 3 }, { line: 4 }]);
    expect((await http(url('/datasets/strict'))).body['version']).toBe('1.0');
  });
});

describe('an upload of several parts', () => {
  const form = (parts: Record<string, string | Blob>): FormData => {
    const data = new FormData();
    for (const [name, value] of Object.entries(parts)) {
      if (typeof value === 'string') data.append(name, value);
      else data.append(name, value, 'table.csv');
    }
    return data;
  };
  const send = async (name: string, body: FormData, query = '') => {
    const answer = await fetch(url(`/datasets/${name}${query}`), { method: 'PUT', body });
    return {
      status: answer.status,
      body: (await answer.json()) as ProblemBody & PageBody & { key: string; title: string },
    };
  };

  it('takes fields before and after the file', async () => {
    const parts = {
      title: 'A form',
      file: new Blob(['a;n\nx;1\ny;2\n']),
      key: 'a',
      delimiter: ';',
    };
    const answer = await send('form', form(parts));
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ rows: 2, key: 'a', title: 'A form' });
    const gzip = new Blob([new Uint8Array(gzipSync('{"rows": [{"a": 1}]}'))], {
      type: 'application/json',
    });
    expect((await send('form', form({ file: gzip }), '?path=rows')).status).toBe(200);
  });

  it.each<[string, FormData, number, RegExp]>([
    ['no file', form({ title: 'x' }), 400, /file: is missing/],
    ['a wrong field', form({ file: new Blob(['a\n1\n']), kee: 'a' }), 400, /kee/],
    ['a wrong type', form({ file: new Blob(['x'], { type: 'image/png' }) }), 415, /image\/png/],
    ['a damaged file', form({ file: new Blob(['<a>'], { type: 'text/xml' }) }), 422, /damaged/],
    [
      'two files',
      form({ file: new Blob(['a\n1\n']), other: new Blob(['a\n1\n']) }),
      400,
      /one file/,
    ],
  ])('refuses %s', async (_, body, status, message) => {
    const answer = await send('form', body);
    expect([answer.status, answer.body.detail]).toEqual([status, expect.stringMatching(message)]);
  });

  it('refuses what is no form', async () => {
    for (const type of ['multipart/form-data', 'multipart/form-data; boundary=x']) {
      const answer = await put<ProblemBody>('/datasets/form', 'nothing', { 'content-type': type });
      expect([answer.status, answer.body.code]).toEqual([400, 'invalid-body']);
    }
  });
});

describe('Prefer: respond-async', () => {
  const later = { prefer: 'respond-async' };
  const end = (job: string) =>
    until(
      async () => {
        const { body } = await http(url(job));
        return ['complete', 'failed', 'cancelled'].includes(String(body['status'])) && body;
      },
      { what: 'the end of the load', deadline: 30_000 },
    );

  it('answers with a job once the file has arrived, and any worker loads it', async () => {
    const answer = await put(
      `/datasets/later?title=Later&schema=${SCHEMA}`,
      'n,b\n1,x\nsoon,y\n2,z\n',
      later,
    );
    expect([answer.status, answer.headers.get('preference-applied')]).toEqual([
      202,
      'respond-async',
    ]);
    expect(answer.body).toMatchObject({ status: 'submitted', analysis: 'load', dataset: 'later' });
    const wrong = await put<ProblemBody>('/datasets/later?schema=[]', 'n\n1\n', later);
    expect([wrong.status, wrong.body.errors?.[0]?.field]).toEqual([400, 'schema']);
    expect((await http(url('/datasets/later'))).status).toBe(404);
    worker = await AlmanacProcess.worker({ KEY_PREFIX: api.env['KEY_PREFIX'] });
    const job = answer.headers.get('location') ?? '';
    expect(await end(job)).toMatchObject({ status: 'complete', version: '1.0' });
    const report = (await http(url(`${job}/results/report.json`))).body;
    expect(report).toMatchObject({ format: 'csv', rows: 2, refused: 1 });
    expect((await http(url('/datasets/later'))).body).toMatchObject({ rows: 2, title: 'Later' });
    expect((await http<RejectsBody>(url('/datasets/later/rejects'))).body.rejects[0]?.value).toBe(
      'soon',
    );
  });

  it('fails the job with the problem of the file', async () => {
    const answer = await put('/datasets/later', '<a><b></a>', {
      ...later,
      'content-type': 'text/xml',
    });
    const job = await end(answer.headers.get('location') ?? '');
    expect(job).toMatchObject({ status: 'failed', problem: { code: 'unreadable-file' } });
    expect((await http(url('/datasets/later'))).body).toMatchObject({ rows: 2, version: '1.0' });
  });
});
