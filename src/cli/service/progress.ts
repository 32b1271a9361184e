const EVERY_MS = 200;

/**
 * Progress of long work on standard error: one line that is written anew, and only on a terminal, so that logs and
 * pipes stay clean.
 */
export class Progress {
  private last = 0;
  private width = 0;

  constructor(
    private readonly what: string,
    private readonly out: NodeJS.WriteStream = process.stderr,
  ) {}

  /** @param fraction 0 to 1; null where the end is not known */
  show(fraction: number | null, detail = ''): void {
    const now = performance.now();
    if (!this.out.isTTY || now - this.last < EVERY_MS) return;
    this.last = now;
    const bar = fraction === null ? '' : ` ${barOf(fraction)}`;
    const line = `${this.what}${bar} ${detail}`;
    this.out.write(`\r${line.padEnd(this.width)}`);
    this.width = line.length;
  }

  /** Clears the line. */
  end(): void {
    if (this.out.isTTY && this.width > 0) this.out.write(`\r${' '.repeat(this.width)}\r`);
  }
}

function barOf(fraction: number): string {
  const cells = 24;
  const full = Math.round(Math.min(1, Math.max(0, fraction)) * cells);
  const percent = String(Math.floor(fraction * 100)).padStart(3);
  return `[${'█'.repeat(full)}${'·'.repeat(cells - full)}] ${percent} %`;
}
