import { isUtf8 } from 'node:buffer';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach } from '@jest/globals';
import { DuckDBInstance, type DuckDBResultReader } from '@duckdb/node-api';

import { loadFile } from '../../src/data/load/load-file.js';
import { UNSPECIFIC, type LoadOutcome, type LoadRequest } from '../../src/data/load/request.js';

/** A request that says nothing beside the file, with limits of a test. */
export const FOR_TESTS = {
  ...UNSPECIFIC,
  maxBytes: 2 ** 30,
  threads: 1,
  memoryBytes: 256 * 2 ** 20,
} as const;

/** Loads files from memory, one after the other, in this process and in a folder of its own. */
export class FileLoads {
  private readonly folder = mkdtempSync(join(tmpdir(), 'load-'));

  load(content: string | Buffer, request: Partial<LoadRequest> = {}): Promise<LoadOutcome> {
    const files = { input: join(this.folder, 'in'), output: this.output };
    rmSync(files.output, { force: true });
    writeFileSync(files.input, content);
    const plainText = typeof content === 'string' || (isUtf8(content) && !content.includes(0));
    return loadFile({ ...FOR_TESTS, ...files, plainText, ...request });
  }

  /** What a query finds in the table that was made last, `records`. */
  async query(sql: string): Promise<DuckDBResultReader> {
    const instance = await DuckDBInstance.create(this.output);
    const connection = await instance.connect();
    const found = await connection.runAndReadAll(sql);
    connection.closeSync();
    instance.closeSync();
    return found;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private get output(): string {
    return join(this.folder, 'out.duckdb');
  }
}

/** Loads for every test of a file: each has a folder of its own. */
export function fileLoads(): Pick<FileLoads, 'load' | 'query'> {
  let loads: FileLoads;
  beforeEach(() => {
    loads = new FileLoads();
  });
  afterEach(() => {
    loads.remove();
  });
  return {
    load: (...given) => loads.load(...given),
    query: (sql) => loads.query(sql),
  };
}
