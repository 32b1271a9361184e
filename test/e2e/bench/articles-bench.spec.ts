import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect } from '@jest/globals';

import { itWhereAll, runBench } from './bench-run.js';

const folder = mkdtempSync(join(tmpdir(), 'bench-test-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

itWhereAll(
  'the bench of articles counts that none is lost or saved twice, and leaves nothing behind',
  async () => {
    const { parts } = await runBench(folder, 'articles', '--rows', '20');
    expect(parts.map((part) => part.title)).toEqual(['articles']);
    const results = parts.flatMap((part) => part.results);
    expect(results.map(({ ours, other }) => [ours.median > 0, other?.median !== 0])).toEqual([
      [true, true],
      [true, true],
    ]);
    expect(readdirSync(folder).filter((entry) => entry.startsWith('almanac-bench-'))).toEqual([]);
  },
  180_000,
);
