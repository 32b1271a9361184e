import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from '@jest/globals';

import { cutList } from './json-list.js';

const folder = mkdtempSync(join(tmpdir(), 'json-list-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function cut(
  document: string,
  path?: string,
): Promise<{ list: unknown; path: string | null; rest: unknown }> {
  const [input, output] = [join(folder, 'in.json'), join(folder, 'out.json')];
  writeFileSync(input, document);
  const found = await cutList(input, output, path);
  return { ...found, list: JSON.parse(readFileSync(output, 'utf8') || '[]') as unknown };
}

describe('cutting the list of records out of a JSON document', () => {
  it('finds the list under its key and keeps the rest', async () => {
    const document = { title: 'A [very] "odd" {title}', rows: [{ a: 1 }, { a: '}]"\\' }], n: 2 };
    expect(await cut(JSON.stringify(document, null, 2))).toEqual({
      path: 'rows',
      list: document.rows,
      rest: { ...document, rows: [] },
    });
  });

  it('passes lists of other things by, and finds nested lists', async () => {
    const document = {
      tags: ['x', 'y'],
      none: [],
      result: { meta: { a: [1] }, data: [{ b: [[2]] }] },
    };
    const found = await cut(JSON.stringify(document));
    expect(found.path).toBe('result.data');
    expect(found.list).toEqual([{ b: [[2]] }]);
  });

  it('takes the list at a given path', async () => {
    const found = await cut('{"a": [{"x": 1}], "b": {"c": [{"x": 2}]}}', 'b.c');
    expect(found.list).toEqual([{ x: 2 }]);
    expect(await cut('{"a": [{"x": 1}], "b": [ ]}', 'b')).toMatchObject({ list: [], path: 'b' });
  });

  it('works across chunks of a large document', async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => ({
      i,
      text: `"quoted" \\ ${String(i)}`,
    }));
    const found = await cut(JSON.stringify({ first: { list: ['no'] }, rows, last: true }));
    expect(found.list).toEqual(rows);
    expect(found.rest).toEqual({ first: { list: ['no'] }, rows: [], last: true });
  });

  it.each([
    ['{"a": [{"x": 1}', 'ends in the middle'],
    ['{\n"a": [1,2', 'line 2, column 10'],
    ['{"a": [{"x": 1}], "b": oops}', 'damaged'],
  ])('refuses %s', async (document, message) => {
    await expect(cut(document)).rejects.toThrow(message);
  });

  it.each(['{"a": 1}', '{"a": [1, 2]}', '{"a": []}'])('finds none in %s', async (document) => {
    expect(await cut(document)).toMatchObject({ path: null, rest: JSON.parse(document) as object });
  });
});
