import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { http, type ProblemBody } from '../support/http.js';
import { AlmanacProcess } from '../support/processes.js';

/** Files made to break a reader: each gets a clear answer, and the service lives on in little memory. */
const MB = 2 ** 20;
/** Of the largest, in MB; twice as much is beyond the limit. */
const LARGE = Number(process.env['HOSTILE_MB'] ?? 512);
let api: AlmanacProcess;
beforeAll(async () => {
  api = await AlmanacProcess.api({ MAX_EXPANDED_BYTES: `${String(1.25 * LARGE)}MB` });
});
afterAll(async () => {
  await api.stop();
});

const put = (body: string | Uint8Array, type = 'application/octet-stream', query = '') =>
  http<ProblemBody & { rows: number; report: { refused: number } }>(
    `${api.url}/datasets/hostile${query}`,
    { method: 'PUT', body, headers: { 'content-type': type } },
  );

/** A file of many megabytes that is small as gzip: its pieces are compressed once and repeated. */
function inflated(head: string, piece: string, megabytes: number, tail: string): Buffer {
  const block = gzipSync(piece.repeat((16 * MB) / piece.length));
  const blocks = Array.from({ length: megabytes / 16 }, () => block);
  return Buffer.concat([gzipSync(head), ...blocks, gzipSync(tail)]);
}

const yamlBomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
  .concat(
    Array.from({ length: 12 }, (_, i) => {
      const alias = `*a${String(i)}`;
      return `a${String(i + 1)}: &a${String(i + 1)} [${Array(10).fill(alias).join(', ')}]`;
    }),
  )
  .join('\n');
const xmlBomb = `<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">${Array.from(
  { length: 10 },
  (_, i) =>
    `<!ENTITY ${String.fromCharCode(98 + i)} "${`&${String.fromCharCode(97 + i)};`.repeat(10)}">`,
).join('')}]><d><r><x>&k;</x></r><r/></d>`;
const deep = (open: string, close: string, n: number): string => open.repeat(n) + close.repeat(n);
const manyKeys = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`c${String(i)}`, i]));

describe('a hostile upload is refused with a clear answer', () => {
  it.each<[string, string | Uint8Array, string, number, RegExp]>([
    ['entities that multiply', xmlBomb, 'application/xml', 422, /entity declarations are not read/],
    ['aliases that multiply', yamlBomb, 'application/yaml', 422, /by its aliases/],
    [
      'YAML beyond 32 MB',
      inflated('', '- a: 1\n        \n', 48, ''),
      'application/yaml',
      413,
      /at most 33554432/,
    ],
    [
      'a value nested 100,000 deep',
      `[{"a": ${deep('[', ']', 100_000)}}]`,
      'application/json',
      422,
      /200 levels deep/,
    ],
    [
      'objects nested 100,000 deep',
      `[{"a": ${deep('{"b":[', ']}', 50_000)}}]`,
      'application/json',
      422,
      /deep|valid|Malformed/i,
    ],
    [
      'a document nested 100,000 deep',
      deep('[', ']', 100_000),
      'application/json',
      422,
      /JSON|object/,
    ],
    [
      'a line nested 100,000 deep',
      `{"a": ${deep('[', ']', 100_000)}}\n`,
      'application/x-ndjson',
      422,
      /200 levels deep/,
    ],
    [
      'elements nested 100,000 deep',
      deep('<a>', '</a>', 100_000),
      'application/xml',
      422,
      /200 elements/,
    ],
    ['YAML nested 100,000 deep', deep('[', ']', 100_000), 'application/yaml', 422, /maxDepth/],
    [
      '10,000 columns of CSV',
      `${Object.keys(manyKeys).join(',')}\n`,
      'text/csv',
      422,
      /at most 4096/,
    ],
    ['10,000 keys of JSON', JSON.stringify([manyKeys]), 'application/json', 422, /at most 4096/],
    [
      'gzip that ends early',
      gzipSync('a,b\n'.repeat(10_000)).subarray(0, 60),
      'text/csv',
      422,
      /gzip data is damaged/,
    ],
    ['NUL bytes', 'a,b\n1,2\n\0\0\0,3\n', 'text/csv', 422, /line 3 holds a NUL/],
    ['nothing', '', 'text/csv', 422, /empty/],
    ['nothing, gzipped', gzipSync(''), 'application/gzip', 422, /empty/],
    ['blanks', ' \n \n', 'application/json', 422, /JSON/],
  ])('%s', async (_, body, type, status, message) => {
    const answer = await put(body, type);
    expect([answer.status, answer.body.detail]).toEqual([status, expect.stringMatching(message)]);
    expect(answer.body.detail).not.toMatch(/\/tmp|upload/);
  });

  it.each<[string, () => Buffer, string, number, RegExp]>([
    [
      `a line of ${String(LARGE)} MB`,
      () => inflated('a,b\n1,', 'x', LARGE, '\n2,y\n'),
      'text/csv',
      422,
      /a line is longer than/,
    ],
    [
      'a JSON text of 256 MB',
      () => inflated('[{"a":"', 'x', 256, '"}]'),
      'application/json',
      422,
      /./,
    ],
    [
      'an NDJSON line of 256 MB',
      () => inflated('{"a":"', 'x', 256, '"}\n'),
      'application/x-ndjson',
      422,
      /./,
    ],
    [
      'an XML text of 256 MB',
      () => inflated('<d><r>', 'x', 256, '</r></d>'),
      'application/xml',
      422,
      /longer than/,
    ],
    [
      `gzip that expands to ${String(2 * LARGE)} MB`,
      () => inflated('a,b\n', '1,2\n', 2 * LARGE, ''),
      'text/csv',
      413,
      /after decompression/,
    ],
  ])(
    '%s',
    async (_, make, type, status, message) => {
      const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
      const file = join(folder, 'body.gz');
      writeFileSync(file, make());
      const answer = await fetch(`${api.url}/datasets/hostile`, {
        method: 'PUT',
        body: Readable.toWeb(createReadStream(file)),
        headers: { 'content-type': type },
        duplex: 'half',
      });
      const problem = (await answer.json()) as ProblemBody;
      rmSync(folder, { recursive: true });
      expect([answer.status, problem.detail]).toEqual([status, expect.stringMatching(message)]);
      expect(await residentBytes()).toBeLessThan(700 * MB);
    },
    120_000,
  );

  it('and nothing was made of any', async () => {
    expect((await http(`${api.url}/datasets/hostile`)).status).toBe(404);
  });
});

describe('an odd upload is loaded as far as it goes', () => {
  it('a header without rows', async () => {
    const answer = await put('a,b\n', 'text/csv');
    expect([answer.status, answer.body.rows]).toEqual([201, 0]);
  });

  it('rows with too few and too many fields', async () => {
    const answer = await put('a,b\n1,2\n3\n4,5,6\n7,8\n', 'text/csv');
    expect([answer.body.rows, answer.body.report.refused]).toEqual([2, 2]);
  });
});

async function residentBytes(): Promise<number> {
  const text = await (await fetch(`${api.url}/metrics`)).text();
  const found = /^process_resident_memory_bytes(?:\{[^}]*\})? (\S+)$/m.exec(text)?.[1];
  return Number(found);
}
