import { createReadStream } from 'node:fs';

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * The lines on which records of a separated file begin. A line break inside quotes ends no record;
 * empty lines and refused ones hold none.
 * @param records numbers from 1, ascending, without the header
 * @param refused lines that the reader refused, on which quotes mean nothing
 */
export async function linesOfRecords(
  file: string,
  records: readonly number[],
  refused: ReadonlySet<number>,
): Promise<number[]> {
  const scan = new LineScan(records, refused);
  for await (const piece of createReadStream(file, { highWaterMark: 1 << 20 })) {
    if (scan.take(piece as Buffer)) break;
  }
  return scan.lines;
}

class LineScan {
  readonly lines: number[] = [];
  private line = 1;
  private record = -1; // the header comes first
  private quoted = false;
  private atStart = true;
  private skipping = false;

  constructor(
    private readonly records: readonly number[],
    private readonly refused: ReadonlySet<number>,
  ) {}

  /** True when all were found. */
  take(piece: Buffer): boolean {
    for (const byte of piece) {
      if (this.atStart && !this.quoted && byte !== LINE_FEED && byte !== CARRIAGE_RETURN) {
        this.begin();
        if (this.lines.length === this.records.length) return true;
      }
      if (byte === QUOTE && !this.skipping) this.quoted = !this.quoted;
      if (byte === LINE_FEED) {
        this.line++;
        this.atStart = true;
        this.skipping = false;
      }
    }
    return false;
  }

  private begin(): void {
    this.atStart = false;
    this.skipping = this.refused.has(this.line);
    if (this.skipping) return;
    this.record++;
    while (this.records[this.lines.length] === this.record) this.lines.push(this.line);
  }
}
