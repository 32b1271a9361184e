import { hostname } from 'node:os';

import type { Configuration } from '../config/configuration.js';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
type Level = Exclude<(typeof LEVELS)[number], 'silent'>;

/** Lines for people about what a command does, on standard error, from the level LOG_LEVEL on. */
export class Diagnostics {
  constructor(private readonly from: Configuration['logLevel']) {}

  debug(message: string): void {
    this.write('debug', message);
  }

  info(message: string): void {
    this.write('info', message);
  }

  error(message: string): void {
    this.write('error', message);
  }

  private write(level: Level, message: string): void {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(this.from)) return;
    const now = new Date().toISOString();
    process.stderr.write(`[${now} ${hostname()}] almanac - ${level.toUpperCase()}: ${message}\n`);
  }
}
