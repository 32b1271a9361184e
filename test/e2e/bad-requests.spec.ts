import { createHash } from 'node:crypto';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { BadRequests, type BadRequest } from '../factories/bad-requests.js';
import { http } from '../support/http.js';
import { AlmanacProcess } from '../support/processes.js';

/**
 * Thousands of bad requests: no answer of 500 and above, none that takes two seconds, every refusal a
 * problem document, and no row changed. `BAD_REQUESTS=20000` sends more of the same, `SEED=...` others.
 */
const SEED = Number(process.env['SEED'] ?? 20_261_124);
const REQUESTS = Number(process.env['BAD_REQUESTS'] ?? 4_000);
const AT_ONCE = 24;
const SLOW_MS = 2_000;

const ROWS = Array.from(
  { length: 300 },
  (_, i) =>
    `${String(i)},name ${String(i % 7)},${String(i * 3)},${String(i / 7)},${String(i % 2 === 0)},2024-01-${String((i % 28) + 1).padStart(2, '0')},2024-02-01T00:${String(i % 60).padStart(2, '0')}:00Z,${String(9_007_199_254_740_993n + BigInt(i))},"{""a"": [${String(i)}, 1.50]}",${String(i % 5)},${String(i % 3)}`,
);
const TABLE = `id,name,n,x,flag,day,time,big,nested,"a,b",limit\n${ROWS.join('\n')}\n`;
const SCHEMA = {
  nested: 'json',
  big: 'int64',
  time: 'timestamp',
  day: 'date',
  x: 'number',
  flag: 'boolean',
};

interface Outcome {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly ms: number;
}

let api: AlmanacProcess;
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
beforeAll(async () => {
  api = await AlmanacProcess.api();
  const query = `?key=id&schema=${encodeURIComponent(JSON.stringify(SCHEMA))}`;
  const answer = await http(`${api.url}/datasets/target${query}`, { method: 'PUT', body: TABLE });
  expect([answer.status, answer.body['rows']]).toEqual([201, 300]);
  await http(`${api.url}/datasets/target/records/5`, { method: 'PATCH', body: { n: -5 } });
});
afterAll(async () => {
  agent.destroy();
  await api.stop();
});

function send({ method, path, headers, body }: BadRequest): Promise<Outcome> {
  const { port } = new URL(api.url);
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        agent,
        host: '127.0.0.1',
        port,
        method,
        path,
        headers: { ...headers, ...(body === null ? {} : { 'content-length': body.length }) },
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            type: response.headers['content-type'] ?? '',
            body: Buffer.concat(parts).toString(),
            ms: performance.now() - started,
          });
        });
      },
    );
    sent.on('error', reject);
    sent.setTimeout(20_000, () =>
      sent.destroy(new Error(`no answer within 20 s: ${method} ${path}`)),
    );
    sent.end(body ?? undefined);
  });
}

/** What is wrong with an answer; null where nothing is. */
function faultOf(bad: BadRequest, { status, type, body }: Outcome): string | null {
  if (status >= 500) return 'an error of the server';
  if (status < 400) return bad.refused ? 'accepted' : null;
  if (!type.startsWith('application/problem+json')) return `no problem document but ${type}`;
  if (bad.method === 'HEAD') return null;
  const problem = JSON.parse(body) as Record<string, unknown>;
  const whole =
    problem['status'] === status &&
    typeof problem['code'] === 'string' &&
    typeof problem['detail'] === 'string';
  return whole ? null : 'a problem without its members';
}

async function state(): Promise<{ version: string | null; hash: string; datasets: unknown }> {
  const response = await fetch(`${api.url}/datasets/target/records?limit=10000`);
  const hash = createHash('sha256')
    .update(await response.text())
    .digest('hex');
  const datasets = await http<{ datasets: { name: string }[] }>(`${api.url}/datasets`);
  return {
    version: response.headers.get('dataset-version'),
    hash,
    datasets: datasets.body.datasets.map(({ name }) => name),
  };
}

describe(`${String(REQUESTS)} bad requests`, () => {
  it('break nothing, change nothing, and are told what is wrong', async () => {
    const before = await state();
    const requests = new BadRequests(SEED, 'target');
    const faults = new Map<string, { count: number; example: unknown }>();
    const statuses = new Map<number, number>();
    const note = (fault: string, bad: BadRequest, outcome: unknown): void => {
      const key = `${fault}: ${bad.method} ${bad.path.replace(/\?.*/, '').slice(0, 60)}`;
      const known = faults.get(key);
      if (known !== undefined) known.count++;
      else
        faults.set(key, {
          count: 1,
          example: {
            ...bad,
            path: bad.path.slice(0, 300),
            body: bad.body?.toString().slice(0, 300),
            outcome,
          },
        });
    };
    const slow: BadRequest[] = [];
    let left = REQUESTS;
    const client = async (): Promise<void> => {
      while (left-- > 0) {
        const bad = requests.next();
        try {
          const outcome = await send(bad);
          if (outcome.ms > SLOW_MS) slow.push(bad);
          statuses.set(outcome.status, (statuses.get(outcome.status) ?? 0) + 1);
          const fault = faultOf(bad, outcome);
          if (fault !== null) note(fault, bad, { ...outcome, body: outcome.body.slice(0, 300) });
        } catch (error) {
          note(`no answer (${String(error)})`, bad, null);
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, client));
    for (const bad of slow) {
      const outcome = await send(bad); // once more and alone: many at once keep each other waiting
      if (outcome.ms > SLOW_MS) note('slow', bad, { ...outcome, body: '' });
    }
    expect(Object.fromEntries(faults)).toEqual({});
    expect([...statuses.keys()].sort()).toEqual(
      expect.arrayContaining([200, 400, 404, 405, 415, 422]),
    );
    expect(await state()).toEqual(before);
    expect(api.exit).toBeUndefined();
    expect(api.log.filter(({ level }) => level >= 50)).toEqual([]);
  }, 600_000);
});

describe('what is hardly HTTP', () => {
  it.each([
    'GET / HTTP/9.9\r\n\r\n',
    'GET /\u00e4 HTTP/1.1\r\nhost: x\r\n\r\n',
    'FOO / HTTP/1.1\r\nhost: x\r\n\r\n',
    '\u0000\u0001\u0002\r\n\r\n',
    'POST /jobs HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    'POST /jobs HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n',
    'POST /jobs HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n\r\n',
    `GET / HTTP/1.1\r\nhost: x\r\nx-long: ${'a'.repeat(70_000)}\r\n\r\n`,
    `GET /${'a'.repeat(70_000)} HTTP/1.1\r\nhost: x\r\n\r\n`,
  ])('%#: is answered with a problem document', async (raw) => {
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
      let got = '';
      socket.setTimeout(20_000, () => socket.destroy(new Error('no answer within 20 s')));
      socket.on('data', (part) => {
        got += part.toString('latin1');
        if (got.includes('\r\n\r\n')) socket.destroy();
      });
      socket.on('error', reject);
      socket.on('close', () => {
        resolve(got);
      });
      socket.write(Buffer.from(raw, 'latin1'));
    });
    expect(text).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(text).toMatch(/content-type: application\/problem\+json/i);
  });
});
