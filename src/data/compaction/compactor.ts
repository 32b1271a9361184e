import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';

import type { SqlValue } from '../../analyses/analysis.js';
import type { QueryEngine } from '../engine/query-engine.js';
import { quoteIdentifier, quoteLiteral } from '../identifier.js';
import { STORAGE_VERSION } from '../load/build.js';
import type { Filter } from '../query/filter.js';
import { Parameters, whereSql } from '../query/where.js';
import type { GenerationCache } from '../replica/generation-cache.js';
import type { Replica } from '../replica/replica.js';
import type { Replicas } from '../replica/replicas.js';
import { ROW_ID, type Version } from '../schema.js';
import type { CompactionStore } from '../store/compaction-store.js';
import type { GenerationStore } from '../store/generation-store.js';

/** More edits than this, and than this part of the rows, are worth a new file. */
const MANY_EDITS = 5_000;
const MUCH_OF_THE_ROWS = 0.05;

/**
 * Folds the edits of a dataset into a new generation, so that new processes need not apply them all.
 * Version, rows and their order stay as they are; edits that come in meanwhile stay in the log. In the same
 * way a dataset is written anew without many of its records.
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

  /**
   * Writes a dataset anew without the records that a filter keeps, as its next version.
   * @returns null where somebody else changed the dataset in the meantime: nothing was written
   */
  async removeRecords(
    replica: Replica,
    filter: Filter,
  ): Promise<{ deleted: number; version: Version } | null> {
    return this.withFile(async (file) => {
      const parameters = new Parameters();
      const where = whereSql(replica.schema, filter, parameters);
      const kept = `WHERE NOT coalesce((${where}), false)`;
      const { edit, rows, left } = await this.write(replica, file, kept, parameters.values);
      const generation = await this.generations.upload(replica.dataset, file);
      const next = { generation: generation.id, edit, rows: left };
      if (!(await this.store.replace(replica.dataset, replica.generation, next))) return null;
      await this.cache.adopt(file, generation.sha256);
      return { deleted: rows - left, version: { load: replica.loadNumber, edit: edit + 1 } };
    });
  }

  private async compact(name: string): Promise<boolean> {
    const replica = await this.replicas.current(name);
    return this.withFile(async (file) => {
      const { edit } = await this.write(replica, file);
      const generation = await this.generations.upload(name, file);
      const next = { generation: generation.id, edit, rows: null };
      if (!(await this.store.replace(name, replica.generation, next))) return false;
      await this.cache.adopt(file, generation.sha256);
      return true;
    });
  }

  private async withFile<T>(use: (file: string) => Promise<T>): Promise<T> {
    const file = this.cache.newFile('.duckdb');
    try {
      return await use(file);
    } finally {
      await rm(file, { force: true });
      await rm(`${file}.wal`, { force: true });
    }
  }

  /**
   * Writes the table of a replica to a file, or a part of it as the version after.
   * @returns number of the last edit of the replica, its rows, and the rows written
   */
  private write(
    replica: Replica,
    file: string,
    part = '',
    values: readonly SqlValue[] = [],
  ): Promise<{ edit: number; rows: number; left: number }> {
    const target = quoteIdentifier(`compacted_${randomUUID()}`);
    return this.engine.write(async (session) => {
      await session.execute(
        `ATTACH ${quoteLiteral(file)} AS ${target} (STORAGE_VERSION '${STORAGE_VERSION}')`,
      );
      try {
        await session.execute('BEGIN TRANSACTION');
        await session.execute(
          `CREATE TABLE ${target}.records AS SELECT * FROM ${replica.table} ${part} ORDER BY ${ROW_ID}`,
          values,
        );
        const next = part === '' ? 'edit' : 'edit + 1 AS edit';
        await session.execute(
          `CREATE TABLE ${target}.version AS SELECT ${next} FROM ${replica.versionTable}`,
        );
        const [row] = await session.rows(
          `SELECT (SELECT edit FROM ${replica.versionTable}),
             (SELECT count(*) FROM ${replica.table}), (SELECT count(*) FROM ${target}.records)`,
        );
        await session.execute('COMMIT');
        await session.execute(`CHECKPOINT ${target}`);
        return { edit: Number(row?.[0]), rows: Number(row?.[1]), left: Number(row?.[2]) };
      } finally {
        await session.end('COMMIT');
        await session.execute(`DETACH ${target}`);
      }
    });
  }
}
