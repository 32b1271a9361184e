import { isUtf8 } from 'node:buffer';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { DuckDBInstance } from '@duckdb/node-api';

import { loadFile } from '../../src/data/load/load-file.js';
import type { LoadOutcome, LoadRequest } from '../../src/data/load/request.js';

/** Loads files from memory, one after the other, in a folder of its own. */
export class FileLoads {
  private readonly folder = mkdtempSync(join(tmpdir(), 'load-'));

  load(text: string | Buffer, request: Partial<LoadRequest> = {}): Promise<LoadOutcome> {
    rmSync(this.output, { force: true });
    writeFileSync(join(this.folder, 'in'), text);
    return loadFile({
      input: join(this.folder, 'in'),
      output: this.output,
      format: null,
      key: null,
      columns: {},
      expected: [],
      declared: { columns: {}, key: null, time: null },
      delimiter: null,
      path: null,
      dateformat: null,
      onError: 'quarantine',
      plainText: typeof text === 'string' || (isUtf8(text) && !text.includes(0)),
      charset: null,
      maxBytes: 2 ** 30,
      threads: 1,
      memoryBytes: 256 * 2 ** 20,
      ...request,
    });
  }

  /** What a query finds in the table that was made last, `records`. */
  async rows(sql: string): Promise<unknown[][]> {
    const instance = await DuckDBInstance.create(this.output);
    const connection = await instance.connect();
    const rows = await connection.runAndReadAll(sql);
    connection.closeSync();
    instance.closeSync();
    return rows.getRows();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private get output(): string {
    return join(this.folder, 'out.duckdb');
  }
}
