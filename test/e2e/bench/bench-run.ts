import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from '@jest/globals';

import { GuardedProcess, ROOT } from '../../support/guarded-process.js';

interface Figures {
  readonly median: number;
}
interface Result {
  readonly what: string;
  readonly ours: Figures;
  readonly other?: Figures;
}
interface Report {
  readonly parts: readonly { readonly title: string; readonly results: readonly Result[] }[];
}

/** Those which take minutes whatever the table are tried with `BENCH=all` only. */
export const itWhereAll = process.env['BENCH'] === 'all' ? it : it.skip;

/**
 * One run on a tiny table, with all its files in `folder`: whether the programs of bench/ still work, not how fast
 * anything is.
 */
async function runBench(folder: string, name: string, ...more: string[]): Promise<Report> {
  const out = join(folder, name);
  const tiny = ['--rows', '500', '--repetitions', '1', '--seconds', '0.1'];
  const bench = new GuardedProcess(
    process.execPath,
    [join(ROOT, 'bench/run.mjs'), name, '--out', out, ...tiny, ...more],
    { ...process.env, TMPDIR: folder },
  );
  const exit = await bench.exited;
  if (exit.code !== 0) throw new Error(bench.output);
  const [file = ''] = readdirSync(out);
  return JSON.parse(readFileSync(join(out, file), 'utf8')) as Report;
}

/** One such run in a folder of its own, whose parts are those of the bench; nothing is left behind. */
export async function tryBench(name: string, ...more: string[]): Promise<readonly Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-test-'));
  try {
    const { parts } = await runBench(folder, name, ...more);
    expect(parts.map((part) => part.title)).toEqual([name]);
    expect(readdirSync(folder).filter((entry) => entry.startsWith('almanac-bench-'))).toEqual([]);
    return parts.flatMap((part) => part.results);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether every side of more than `least` lines was measured. */
export function expectMeasured(results: readonly Result[], least: number): void {
  expect(results.length).toBeGreaterThan(least);
  for (const { what, ours, other } of results) {
    const positive = other === undefined || other.median > 0;
    expect([what, ours.median >= 0, positive]).toEqual([what, true, true]);
  }
}
