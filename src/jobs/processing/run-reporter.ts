import { HEARTBEAT_MS } from '../job.js';
import type { RunStore } from '../store/run-store.js';
import type { Run } from './running-jobs.js';

const TICK_MS = 250;
const LONGEST_LINE = 2_000;
const MOST_LINES = 1_000;

/**
 * Tells the record how a run fares: at most four times a second when there is news, once a second in any case.
 * Learns from the answers whether to stop. While Redis is away the news wait.
 */
export class RunReporter {
  private progressNow = 0;
  private version = '';
  private lines: string[] = [];
  private news = false;
  private last = performance.now();
  private sending: Promise<void> | null = null;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly store: RunStore,
    private readonly run: Run,
  ) {
    this.timer = setInterval(() => {
      if (this.news || performance.now() - this.last >= HEARTBEAT_MS) void this.send();
    }, TICK_MS);
  }

  /** @param percent 0 to 100; what is less than before is ignored */
  progress(percent: number): void {
    const whole = Math.floor(Math.min(100, percent));
    if (!(whole > this.progressNow)) return;
    this.progressNow = whole;
    this.news = true;
  }

  log(line: string): void {
    this.lines.push(line.slice(0, LONGEST_LINE));
    if (this.lines.length > MOST_LINES) this.lines.shift();
    this.news = true;
  }

  /** The version of the dataset that is read. */
  reads(version: string): void {
    this.version = version;
    this.news = true;
  }

  /** Sends what is left and goes silent. */
  async end(): Promise<void> {
    const lines = await this.close();
    this.lines = [...lines];
    if (lines.length > 0) await this.send();
  }

  /** Goes silent. @returns the lines that were not sent */
  async close(): Promise<readonly string[]> {
    clearInterval(this.timer);
    if (this.sending !== null) await this.sending;
    return this.lines.splice(0);
  }

  private send(): Promise<void> {
    this.sending ??= this.report().finally(() => {
      this.sending = null;
    });
    return this.sending;
  }

  private async report(): Promise<void> {
    const lines = this.lines;
    this.lines = [];
    this.news = false;
    this.last = performance.now();
    try {
      const { progressNow: progress, version } = this;
      const answer = await this.store.report(this.run, { progress, version, lines });
      if (answer === 'cancel') this.run.stop('cancelled');
      if (answer === 'lost') this.run.stop('lost');
    } catch {
      // Redis is away; the connection's own listener says so in the log.
      this.lines = [...lines, ...this.lines].slice(-MOST_LINES);
      this.news = true;
    }
  }
}
