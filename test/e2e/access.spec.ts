import { connect } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { http, type ProblemBody } from '../support/http.js';
import { AlmanacProcess } from '../support/processes.js';

const KEY = 'a-key-of-more-than-16-characters';

describe('with API_KEYS', () => {
  let api: AlmanacProcess;
  beforeAll(async () => {
    api = await AlmanacProcess.api({
      API_KEYS: `${KEY},another-key-of-16-and-more`,
      HOST: '0.0.0.0',
    });
  });
  afterAll(async () => {
    await api.stop();
  });
  const withKey = (key: string): { headers: Record<string, string> } => ({
    headers: { authorization: `Bearer ${key}` },
  });

  it('reading needs no key, changing does', async () => {
    expect((await http(`${api.url}/datasets`)).status).toBe(200);
    for (const [method, path] of [
      ['PUT', '/datasets/x'],
      ['DELETE', '/datasets/x'],
      ['POST', '/datasets/x/records'],
      ['PATCH', '/datasets/x/records/1'],
      ['POST', '/jobs'],
      ['POST', '/submit'],
      ['POST', '/jobs/1/cancel'],
      ['GET', '/metrics'],
    ] as const) {
      const answer = await http<ProblemBody>(`${api.url}${path}`, { method });
      expect([path, answer.status, answer.body.code]).toEqual([path, 401, 'unauthorized']);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  it('takes each of the keys and no other, and never logs one', async () => {
    const put = (key: string): Promise<{ status: number }> =>
      http(`${api.url}/datasets/x`, { method: 'PUT', body: 'a\n1\n', ...withKey(key) });
    expect((await put(KEY)).status).toBe(201);
    expect((await put('another-key-of-16-and-more')).status).toBe(200);
    expect((await put(`${KEY}x`)).status).toBe(401);
    expect((await http(`${api.url}/metrics`, withKey(KEY))).status).toBe(200);
    expect(api.output).not.toContain(KEY);
  });
});

describe('the address', () => {
  it('beyond loopback needs keys, or consent', async () => {
    const refused = await AlmanacProcess.api({ HOST: '0.0.0.0' }, { ready: false });
    expect((await refused.exited).code).toBe(1);
    expect(refused.output).toMatch(/^almanac: HOST "0\.0\.0\.0": .*API_KEYS/);
    expect(refused.output.trim().split('\n')).toHaveLength(1);
    const open = await AlmanacProcess.api({ HOST: '0.0.0.0', ALLOW_ANONYMOUS: 'true' });
    expect((await open.stop()).code).toBe(0);
  });

  it('that another program has is told in one line', async () => {
    const first = await AlmanacProcess.api();
    const second = await AlmanacProcess.api({ PORT: new URL(first.url).port }, { ready: false });
    expect((await second.exited).code).toBe(1);
    expect(second.output).toMatch(/^almanac: port \d+ .*is taken by another program; .*PORT=/m);
    await first.stop();
  });
});

describe('every answer', () => {
  let api: AlmanacProcess;
  beforeAll(async () => {
    api = await AlmanacProcess.api();
  });
  afterAll(async () => {
    await api.stop();
  });

  it('carries a request id: the one that was sent, where it is sane', async () => {
    const sent = await http(`${api.url}/`, { headers: { 'x-request-id': 'my-request.1' } });
    expect(sent.headers.get('x-request-id')).toBe('my-request.1');
    const odd = await http(`${api.url}/`, { headers: { 'x-request-id': 'a b"c' } });
    expect(odd.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is counted in the metrics, and so are the queries and the copy that it needed', async () => {
    const body = 'id,v\n1,a\n';
    await http(`${api.url}/datasets/measured`, { method: 'PUT', body });
    await http(`${api.url}/datasets/measured/records`);
    const metrics = await (await fetch(`${api.url}/metrics`)).text();
    expect(metrics).toMatch(
      /^almanac_http_request_seconds_count\{.*"\/datasets\/:name\/records".*\} 1$/m,
    );
    expect(metrics).toMatch(/^almanac_query_seconds_count\{outcome="ok"\} [1-9]\d*$/m);
    expect(metrics).toMatch(/^almanac_replicas 1$/m);
    expect(metrics).toMatch(/^almanac_replicas_opened_total 1$/m);
  });

  it('for a wrong address, method or media type is a problem document', async () => {
    const wrong = await http<ProblemBody>(`${api.url}/nowhere`);
    expect([wrong.status, wrong.body.code]).toEqual([404, 'not-found']);
    const method = await http<ProblemBody>(`${api.url}/datasets`, { method: 'PATCH', body: {} });
    expect([method.status, method.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
    const type = await http<ProblemBody>(`${api.url}/jobs`, {
      method: 'POST',
      body: 'x',
      headers: { 'content-type': 'image/png' },
    });
    expect(type.status).toBe(415);
    for (const path of ['/%', '/datasets/%ff', `/datasets/${'x'.repeat(3000)}`]) {
      const answer = await http<ProblemBody>(`${api.url}${path}`);
      expect([path.slice(0, 20), answer.status >= 400 && answer.status < 500]).toEqual([
        path.slice(0, 20),
        true,
      ]);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
  });

  it.each([
    '/datasets?limit=5',
    '/help?x',
    '/datasets/none?fields=a',
    '/health/live?verbose=1',
    '/meteorites/1?x=1',
  ])('refuses parameters that it would ignore: %s', async (path) => {
    const answer = await http<ProblemBody>(`${api.url}${path}`);
    expect([answer.status, answer.body.code]).toEqual([400, 'unknown-parameter']);
  });

  it('names what is missing', async () => {
    await http(`${api.url}/datasets/t`, { method: 'PUT', body: 'a,b\n1,2\n' });
    const body = { analysis: 'histogram', dataset: 't', params: {} };
    const answer = await http<ProblemBody>(`${api.url}/jobs`, { method: 'POST', body });
    expect(answer.body.errors).toEqual([{ field: 'params.column', message: 'is missing' }]);
  });

  it('to what is no HTTP is a problem document too', async () => {
    const { hostname, port } = new URL(api.url);
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () =>
        socket.write('GET /datasets?a=\u00b0 HTTP/1.1\r\nHost: x\r\n\r\n'),
      );
      let read = '';
      socket.on('data', (data) => (read += data.toString()));
      socket.on('end', () => {
        resolve(read);
      });
      socket.on('error', reject);
    });
    expect(text).toMatch(/^HTTP\/1.1 400 .*application\/problem\+json.*percent-encoded/s);
  });

  it('to HEAD is that to GET without its body', async () => {
    const head = await http(`${api.url}/help`, { method: 'HEAD' });
    expect([head.status, head.body]).toEqual([200, '']);
  });

  it('names a problem that has a page', async () => {
    const { body } = await http<ProblemBody & { type: string }>(`${api.url}/datasets/none`);
    expect((await http(`${api.url}${body.type}`)).body).toMatchObject({
      code: body.code,
      status: 404,
    });
  });
});
