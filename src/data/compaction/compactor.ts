import { rm } from 'node:fs/promises';

import type { QueryEngine } from '../engine/query-engine.js';
import { quoteIdentifier, quoteLiteral } from '../identifier.js';
import { STORAGE_VERSION } from '../load/build.js';
import type { GenerationCache } from '../replica/generation-cache.js';
import type { Replica } from '../replica/replica.js';
import type { Replicas } from '../replica/replicas.js';
import { ROW_ID } from '../schema.js';
import type { CompactionStore } from '../store/compaction-store.js';
import type { GenerationStore } from '../store/generation-store.js';

/** More edits than this, and than this part of the rows, are worth a new file. */
const MANY_EDITS = 5_000;
const MUCH_OF_THE_ROWS = 0.05;

/**
 * Folds the edits of a dataset into a new generation, so that new processes need not apply them all.
 * Version, rows and their order stay as they are; edits that come in meanwhile stay in the log.
 */
export class Compactor {
  constructor(
    private readonly engine: QueryEngine,
    private readonly cache: GenerationCache,
    private readonly replicas: Replicas,
    private readonly generations: GenerationStore,
    private readonly store: CompactionStore,
  ) {}

  /** Looks at every dataset; returns the names of those that were compacted. */
  async run(): Promise<string[]> {
    const compacted: string[] = [];
    for (const { name, edits, rows } of await this.store.waiting()) {
      if (edits <= Math.max(MANY_EDITS, rows * MUCH_OF_THE_ROWS)) continue;
      if (!(await this.store.lease(name))) continue; // another process does it, or has just done
      if (await this.compact(name)) compacted.push(name);
    }
    return compacted;
  }

  private async compact(name: string): Promise<boolean> {
    const replica = await this.replicas.current(name);
    const file = this.cache.newFile('.duckdb');
    try {
      const edit = await this.write(replica, file);
      const generation = await this.generations.upload(name, file);
      if (!(await this.store.replace(name, replica.generation, generation.id, edit))) return false;
      await this.cache.adopt(file, generation.sha256);
      return true;
    } finally {
      await rm(file, { force: true });
      await rm(`${file}.wal`, { force: true });
    }
  }

  /** Writes the table of a replica to a file; returns the number of the last edit in it. */
  private write(replica: Replica, file: string): Promise<number> {
    const target = quoteIdentifier(`compacted_${replica.generation}`);
    return this.engine.write(async (session) => {
      await session.execute(
        `ATTACH ${quoteLiteral(file)} AS ${target} (STORAGE_VERSION '${STORAGE_VERSION}')`,
      );
      try {
        await session.execute('BEGIN TRANSACTION');
        const [row] = await session.rows(`SELECT edit FROM ${replica.versionTable}`);
        await session.execute(
          `CREATE TABLE ${target}.records AS SELECT * FROM ${replica.table} ORDER BY ${ROW_ID}`,
        );
        await session.execute(
          `CREATE TABLE ${target}.version AS SELECT edit FROM ${replica.versionTable}`,
        );
        await session.execute('COMMIT');
        await session.execute(`CHECKPOINT ${target}`);
        return Number(row?.[0]);
      } finally {
        await session.execute(`DETACH ${target}`);
      }
    });
  }
}
