import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { FOR_TESTS } from '../../../test/factories/file-loads.js';
import { Loader } from './loader.js';
import type { LoadOutcome } from './request.js';

let folder: string;
let loader: Loader;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loader-'));
  loader = new Loader(60_000);
});
afterEach(() => {
  loader.close();
  rmSync(folder, { recursive: true });
});

let files = 0;
function load(text: string): Promise<LoadOutcome> {
  const input = join(folder, String(files++));
  writeFileSync(input, text);
  return loader.load({ ...FOR_TESTS, input, output: `${input}.duckdb`, plainText: true });
}

const TABLE = 'id,name\n1,a\n2,b\n';

describe('a loader', () => {
  it('loads one file after the other, none knowing of the others', async () => {
    expect((await load(TABLE)).report.rows).toBe(2);
    expect((await load('id,name\n1,a,b\n2,b\n')).report).toMatchObject({ rows: 1, refused: 1 });
    const { schema, report } = await load('when\n2024-01-01\n');
    expect(report).toMatchObject({ rows: 1, refused: 0 });
    expect(schema.columns).toMatchObject([{ name: 'when', type: 'date' }]);
  });

  it('rehearses while it waits, and leaves nothing of it behind', async () => {
    const rehearsal = { folder: join(folder, 'rehearsal'), threads: 1, memoryBytes: 2 ** 28 };
    loader.close();
    loader = new Loader(60_000, () => rehearsal);
    loader.warm();
    while (!existsSync(rehearsal.folder)) await sleep(5);
    expect((await load(TABLE)).report.rows).toBe(2);
    expect(existsSync(rehearsal.folder)).toBe(false);
  });

  it('goes on after a file that is no table', async () => {
    await expect(load('')).rejects.toMatchObject({ code: 'unreadable-file' });
    expect((await load(TABLE)).report.rows).toBe(2);
  });

  it('loads several files at the same time', async () => {
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => load(TABLE)));
    expect(outcomes.map(({ report }) => report.rows)).toEqual([2, 2, 2, 2]);
  });
});
