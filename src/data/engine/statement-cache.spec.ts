import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { QueryEngine } from './query-engine.js';

let folder: string;
let engine: QueryEngine;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'almanac-engine-'));
  const options = { threads: 2, memoryBytes: 2 ** 28, folder, queryTimeoutMs: 30_000 };
  engine = await QueryEngine.open(options);
  await engine.attach(join(folder, 't.duckdb'), 't');
  await engine.write((session) =>
    session.execute(
      `CREATE TABLE t.r AS SELECT i AS id, i * 1.5 AS m, 'n' || (i % 5) AS name FROM range(5000) x(i)`,
    ),
  );
});
afterEach(() => {
  engine.close();
  rmSync(folder, { recursive: true });
});

const ask = (sql: string): Promise<unknown[][]> =>
  engine.ask((session) => session.rows(`SELECT count(*) FROM (${sql})`));

/** What DuckDB takes for granted when it plans: no nulls, the range of the values, few groups. */
const QUESTIONS = {
  'without a value': 'SELECT * FROM t.r WHERE m IS NULL',
  'with one': 'SELECT * FROM t.r WHERE m IS NOT NULL',
  'beyond the range': 'SELECT * FROM t.r WHERE id > 1000000',
  'all within it': 'SELECT * FROM t.r WHERE id >= 0',
  groups: 'SELECT id // 1000, name, count(*) FROM t.r GROUP BY ALL',
};

describe('prepared statements', () => {
  it('find what a change has brought, whatever was true when they were first asked', async () => {
    const all = async (): Promise<unknown[]> => {
      const found = [];
      for (const sql of Object.values(QUESTIONS)) found.push(Number((await ask(sql))[0]?.[0]));
      return found;
    };
    for (let round = 0; round < 2; round++) expect(await all()).toEqual([0, 5000, 0, 5000, 25]);
    await engine.change((session) =>
      session.execute(`INSERT INTO t.r VALUES (5000000, NULL, 'zzz'), (-7000, 1, NULL)`),
    );
    for (let round = 0; round < 2; round++) expect(await all()).toEqual([1, 5001, 1, 5001, 27]);
  });

  it('are not trusted while a change is under way', async () => {
    const seen: number[] = [];
    let inserted = 0;
    const writing = (async () => {
      for (; inserted < 30;) {
        const value = String(1_000_001 + inserted);
        await engine.change((session) =>
          session.execute(`INSERT INTO t.r VALUES (${value}, NULL, 'z')`),
        );
        inserted++;
      }
    })();
    while (inserted < 30) {
      const least = inserted;
      const found = Number((await ask(QUESTIONS['beyond the range']))[0]?.[0]);
      expect(found).toBeGreaterThanOrEqual(least);
      seen.push(found);
    }
    await writing;
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });
});
