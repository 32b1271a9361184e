import { hostname } from 'node:os';

import type { LoggerService } from '@nestjs/common';
import { pino, type Logger as Pino } from 'pino';

import { LogLines } from './log-lines.js';

const STANDARD_OUTPUT = 1;

/**
 * The log of a process: JSON lines on standard output with time, level, host, role, context and, where
 * there are any, request and job ids. Secrets never reach it. It is made once, and whole when the process exits,
 * also after an error that nobody caught.
 */
export function createLog(level: string, role: string): Pino {
  const lines = new LogLines(pino.destination({ dest: STANDARD_OUTPUT, sync: true }));
  process.once('exit', () => {
    lines.flushSync();
  });
  const options = {
    level,
    base: { host: hostname(), pid: process.pid, role },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: ['req.headers.authorization', 'req.headers.cookie'], remove: true },
  };
  return pino(options, lines);
}

/** Contexts in which Nest tells how it puts itself together. */
const ASSEMBLY = [
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
];

/** Nest's own messages and `new Logger(context)` through the same log. */
export class NestLog implements LoggerService {
  constructor(private readonly pino: Pino) {}

  log(message: unknown, ...rest: unknown[]): void {
    const chatter = ASSEMBLY.includes(String(rest.at(-1)));
    this.write(chatter ? 'debug' : 'info', message, rest);
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /** Nest passes the context last; before it may come a stack or objects with more fields. */
  private write(
    level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal',
    message: unknown,
    rest: unknown[],
  ): void {
    const context = rest.findLast((item) => typeof item === 'string');
    const fields: unknown[] = rest.filter((item) => typeof item === 'object' && item !== null);
    const line: Record<string, unknown> = Object.assign({}, { context }, ...fields) as never;
    if (typeof message === 'object' && message !== null && !(message instanceof Error)) {
      // Our own way: fields first, then the words: error({ err }, 'compaction failed').
      const words = rest.length > 1 && typeof rest[0] === 'string' ? rest[0] : undefined;
      this.pino[level]({ ...line, ...message }, words);
      return;
    }
    if (level === 'error' && rest.length > 1) line['stack'] = rest[0];
    if (message instanceof Error) this.pino[level]({ ...line, err: message }, message.message);
    else if (typeof message === 'string') this.pino[level](line, message);
    else this.pino[level]({ ...line, message });
  }
}
