import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { it } from '@jest/globals';

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
export async function runBench(folder: string, name: string, ...more: string[]): Promise<Report> {
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
