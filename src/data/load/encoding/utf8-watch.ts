import { isUtf8 } from 'node:buffer';

/**
 * Watches bytes pass and tells at the end whether they were UTF-8 text without NUL: then nothing has
 * to be decoded, and the file need not be read for it once more.
 */
export class Utf8Watch {
  private valid = true;
  /** The beginning of a character whose end is in the next piece. */
  private open: Buffer = Buffer.alloc(0);

  take(piece: Buffer): void {
    if (!this.valid) return;
    const bytes = this.open.length > 0 ? Buffer.concat([this.open, piece]) : piece;
    const end = bytes.length - openAtEnd(bytes);
    this.valid = !piece.includes(0) && isUtf8(bytes.subarray(0, end));
    this.open = Buffer.from(bytes.subarray(end));
  }

  get isPlainText(): boolean {
    return this.valid && this.open.length === 0;
  }
}

/** How many bytes at the end begin a character that goes on: 0 to 3. */
function openAtEnd(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? back : 0;
  }
  return 0;
}
