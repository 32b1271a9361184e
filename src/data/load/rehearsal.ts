import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { DuckDBInstance } from '@duckdb/node-api';

import { loadWith } from './load-file.js';
import { UNSPECIFIC } from './request.js';

const ROWS = 20_000;
const TIMES = 2;
const MAX_BYTES = 2 ** 24;

export interface Rehearsal {
  /** Does not exist yet, and is removed again. */
  readonly folder: string;
  /** Of the loads to come: an engine that gets other limits gives all its memory back. */
  readonly threads: number;
  readonly memoryBytes: number;
}

/**
 * Loads a table that it makes up, and forgets it. The first loads of a process take three times as long as
 * later ones: it fetches its memory from the system, and its code is compiled. This is done before a user waits.
 */
export async function rehearse(
  engine: DuckDBInstance,
  { folder, ...limits }: Rehearsal,
): Promise<void> {
  const input = join(folder, 'rehearsal.csv');
  await mkdir(folder);
  try {
    await writeFile(input, madeUp());
    for (let time = 0; time < TIMES; time++) {
      const output = join(folder, `${String(time)}.duckdb`);
      const files = { input, output, plainText: true, maxBytes: MAX_BYTES };
      await loadWith(engine, { ...UNSPECIFIC, ...limits, ...files });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Columns of all kinds, half of them texts. */
function madeUp(): string {
  const lines = Array.from({ length: ROWS }, (_, row) => {
    const number = (row * 7919) % 100_003;
    const name = `name ${String(number)}`;
    const time = new Date(number * 86_400_000).toISOString();
    return `${String(row)},${name},class ${String(number % 97)},${String(number / 8)},${time},"(${String(number / 1000)}, ${name})"`;
  });
  return ['id,name,class,size,time,place', ...lines, ''].join('\n');
}
