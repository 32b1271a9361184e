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
  'the bench of jobs measures every side, and leaves nothing behind',
  async () => {
    const { parts } = await runBench(folder, 'jobs');
    expect(parts.map((part) => part.title)).toEqual(['jobs']);
    const results = parts.flatMap((part) => part.results);
    expect(results.length).toBeGreaterThan(5);
    for (const { what, ours, other } of results) {
      const positive = other === undefined || other.median > 0;
      expect([what, ours.median >= 0, positive]).toEqual([what, true, true]);
    }
    expect(readdirSync(folder).filter((entry) => entry.startsWith('almanac-bench-'))).toEqual([]);
  },
  300_000,
);
