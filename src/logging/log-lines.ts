import { pino, type DestinationStream } from 'pino';

/** Lines wait at most so long; a process that is killed without warning loses no more than these. */
const WAIT_MS = 50;
/** Characters that wait at most. */
const MOST = 64 * 1024;
/** pino's number of the level `warn`. */
const URGENT = 40;

/**
 * Gathers lines of a log, since a write for each costs a busy process more than the work that they tell of. A line
 * that comes alone is written at once, a warning or an error too, with all that waits. Whoever makes one calls
 * `flushSync` when the process ends.
 */
export class LogLines implements DestinationStream {
  /** Asks pino to note the level of each line. */
  readonly [pino.symbols.needsMetadataGsym] = true;
  lastLevel = 0;
  private waiting = '';
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly out: DestinationStream) {}

  write(line: string): void {
    this.waiting += line;
    if (this.timer === null || this.lastLevel >= URGENT || this.waiting.length > MOST) {
      this.flushSync();
    }
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.flushSync();
    }, WAIT_MS).unref();
  }

  /** Also called by pino after a fatal error. */
  flushSync(): void {
    if (this.waiting === '') return;
    const lines = this.waiting;
    this.waiting = '';
    this.out.write(lines);
  }
}
