import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';

/** A few chunks of DuckDB: the next is made while the last is on its way. */
const AHEAD_BYTES = 2 ** 20;

/**
 * The way of an export to its reader. What is written waits until the reader has taken what came before;
 * a reader who takes nothing for too long, or goes away, ends the export through `signal`.
 */
export class ExportSink {
  private readonly stream = new PassThrough({ highWaterMark: AHEAD_BYTES });
  private readonly ending = new AbortController();

  /** @param stallMs how long a reader may take nothing */
  constructor(private readonly stallMs: number) {
    this.stream.on('error', () => undefined); // whoever reads hears of it; before that nobody has to
    this.stream.once('close', () => {
      this.stop(new Error('the reader has gone'));
    });
  }

  get readable(): Readable {
    return this.stream;
  }

  get signal(): AbortSignal {
    return this.ending.signal;
  }

  /** Ends the export from outside. */
  stop(reason: Error): void {
    this.ending.abort(reason);
  }

  async write(part: string | Buffer): Promise<void> {
    if (this.stream.write(part)) return;
    const stalled = AbortSignal.timeout(this.stallMs);
    try {
      await once(this.stream, 'drain', { signal: AbortSignal.any([this.signal, stalled]) });
    } catch {
      throw new Error(
        stalled.aborted ? 'the reader takes nothing any more' : 'the reader has gone',
      );
    }
  }

  end(last: string): void {
    this.stream.end(last);
  }

  /** The reader notices: a file that ends too early never looks complete. */
  break(reason: Error): void {
    this.stream.destroy(reason);
  }
}
