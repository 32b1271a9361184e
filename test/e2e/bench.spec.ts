import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from '@jest/globals';

import { GuardedProcess, ROOT } from '../support/guarded-process.js';

interface Figures {
  readonly median: number;
}
interface Report {
  readonly parts: readonly {
    readonly title: string;
    readonly results: readonly { readonly what: string; ours: Figures; other?: Figures }[];
  }[];
}

const folder = mkdtempSync(join(tmpdir(), 'bench-test-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** One run on a tiny table: whether the programs of bench/ still work, not how fast anything is. */
async function run(name: string, ...more: readonly string[]): Promise<Report> {
  const out = join(folder, name);
  const bench = new GuardedProcess(
    process.execPath,
    [join(ROOT, 'bench/run.mjs'), name, '--out', out].concat([
      ...['--rows', '500', '--repetitions', '1', '--seconds', '0.1', ...more],
    ]),
    { ...process.env, TMPDIR: folder },
  );
  const exit = await bench.exited;
  if (exit.code !== 0) throw new Error(bench.output);
  const [file = ''] = readdirSync(out);
  return JSON.parse(readFileSync(join(out, file), 'utf8')) as Report;
}

describe('the benchmarks', () => {
  it.each(['data', 'jobs'])(
    'of %s measure every side, and leave nothing behind',
    async (name) => {
      const { parts } = await run(name);
      expect(parts.map(({ title }) => title)).toEqual([name]);
      const results = parts.flatMap((part) => part.results);
      expect(results.length).toBeGreaterThan(5);
      for (const { what, ours, other } of results) {
        const positive = other === undefined || other.median > 0;
        expect([what, ours.median >= 0, positive]).toEqual([what, true, true]);
      }
      expect(readdirSync(folder).filter((entry) => entry.startsWith('almanac-bench-'))).toEqual([]);
    },
    180_000,
  );

  it('of plots draw, beside matplotlib where it is installed', async () => {
    const { parts } = await run('plots', '--only', 'map of');
    const results = parts.flatMap((part) => part.results);
    expect(results.length).toBeGreaterThan(1);
    for (const { what, ours } of results) expect([what, ours.median > 0]).toEqual([what, true]);
  }, 180_000);
});
