import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';

import { Problem } from '../../../errors/problem.js';

const MAX_RECORD_CHARACTERS = 16 * 2 ** 20;

/**
 * Records that a reader of documents has found, as one JSON object a line: DuckDB reads them from there.
 * It remembers on which line of the document each record began.
 */
export class RecordFile {
  private readonly stream: WriteStream;
  private lines = new Uint32Array(1024);
  private count = 0;
  private full = false;

  constructor(readonly path: string) {
    this.stream = createWriteStream(path, { highWaterMark: 1 << 20 });
    this.stream.on('error', () => undefined); // `drained` and `end` throw it
  }

  /** @throws Problem `unreadable-file` where the record is too large */
  add(record: string, line: number): void {
    if (record.length > MAX_RECORD_CHARACTERS) {
      throw new Problem(
        'unreadable-file',
        `a record is longer than ${String(MAX_RECORD_CHARACTERS)} characters (line ${String(line)})`,
      );
    }
    if (this.count === this.lines.length) {
      const larger = new Uint32Array(2 * this.lines.length);
      larger.set(this.lines);
      this.lines = larger;
    }
    this.lines[this.count++] = line;
    this.full = !this.stream.write(`${record}\n`);
  }

  /** Waits until there is room for more. */
  async drained(): Promise<void> {
    if (this.stream.errored !== null) throw this.stream.errored;
    if (this.full) await once(this.stream, 'drain');
    this.full = false;
  }

  async end(): Promise<number> {
    this.stream.end();
    await finished(this.stream);
    return this.count;
  }

  /** Gives up: for a document that turned out to be damaged. */
  close(): void {
    this.stream.destroy();
  }

  readonly linesOf = (records: readonly number[]): Promise<readonly number[]> =>
    Promise.resolve(records.map((record) => this.lines[record - 1] ?? 0));
}
