import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { isNativeError } from 'node:util/types';

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const PIECE_BYTES = 2 ** 20;

/** What DuckDB's reader says of a file some of whose records end in other ways than the first. */
const MIXED = 'state machine reached an invalid state';

/** A copy with line ends of one kind, where reading failed for want of that; else null. */
export async function mendLineEndings(file: string, failure: unknown): Promise<string | null> {
  if (!isNativeError(failure) || !failure.message.includes(MIXED)) return null;
  const even = `${file}.even`;
  await evenLineEndings(file, even);
  return even;
}

/** Copies a separated file with a line feed as the end of each record; what stands in quotes stays as it is. */
async function evenLineEndings(from: string, to: string): Promise<void> {
  const lines = new EvenLines();
  const pieces = createReadStream(from, { highWaterMark: PIECE_BYTES });
  await pipeline(
    pieces,
    async function* (source: AsyncIterable<Buffer>) {
      for await (const piece of source) yield lines.take(piece);
    },
    createWriteStream(to),
  );
}

class EvenLines {
  private quoted = false;
  private afterReturn = false;

  take(piece: Buffer): Buffer {
    const even = Buffer.allocUnsafe(piece.length);
    let length = 0;
    for (const byte of piece) {
      const second = byte === LINE_FEED && this.afterReturn;
      if (byte === QUOTE) this.quoted = !this.quoted;
      this.afterReturn = byte === CARRIAGE_RETURN && !this.quoted;
      if (!second) even[length++] = this.afterReturn ? LINE_FEED : byte;
    }
    return even.subarray(0, length);
  }
}
