import type { DuckDBConnection, DuckDBResult } from '@duckdb/node-api';

import type { SqlValue } from '../../analyses/analysis.js';
import { Problem } from '../../errors/problem.js';
import { engineFailure } from './engine-failure.js';
import type { StatementCache } from './statement-cache.js';

const INTERRUPT_EVERY_MS = 20;

/** One use of a connection. Its queries end early when the signal of the use fires. */
export class Session {
  constructor(
    private readonly statements: StatementCache,
    private readonly signal: AbortSignal | undefined,
  ) {}

  get connection(): DuckDBConnection {
    return this.statements.connection;
  }

  async execute(sql: string, values: readonly SqlValue[] = []): Promise<void> {
    await this.guard(() => this.connection.run(sql, [...values]));
  }

  /** All rows, as DuckDB's own values. */
  rows(sql: string, values: readonly SqlValue[] = []): Promise<unknown[][]> {
    return this.guard(() => this.statements.rows(sql, values));
  }

  /** The first column of all rows, which must be text. */
  async texts(sql: string, values: readonly SqlValue[] = []): Promise<string[]> {
    const texts: string[] = [];
    await this.guard(async () => {
      const result = await this.connection.run(sql, [...values]);
      for await (const chunk of result) texts.push(...(chunk.getColumnValues(0) as string[]));
    });
    return texts;
  }

  /** A result which is fetched chunk by chunk; only while the session lasts. */
  stream(sql: string, values: readonly SqlValue[] = []): Promise<DuckDBResult> {
    return this.guard(() => this.connection.stream(sql, [...values]));
  }

  /** Takes back a transaction that has failed; one that failed as it was to end is taken back already. */
  async rollback(): Promise<void> {
    await this.connection.run('ROLLBACK').catch(() => undefined);
  }

  /** Ends a transaction; a failed or interrupted one can only be rolled back. */
  async end(statement: 'COMMIT'): Promise<void> {
    try {
      await this.connection.run(statement);
    } catch {
      await this.rollback();
    }
  }

  /**
   * Runs one call and interrupts it when the signal fires. An interrupt that comes before the query
   * has begun is lost, so it is repeated until the call ends.
   */
  async guard<T>(call: () => Promise<T>): Promise<T> {
    const { signal } = this;
    if (signal === undefined) return call().catch(rethrown);
    if (signal.aborted) throw interrupted(signal);
    let repeat: NodeJS.Timeout | undefined;
    const interrupt = (): void => {
      this.connection.interrupt();
      repeat ??= setInterval(() => {
        this.connection.interrupt();
      }, INTERRUPT_EVERY_MS);
    };
    signal.addEventListener('abort', interrupt, { once: true });
    try {
      return await call();
    } catch (error) {
      throw (signal as { aborted: boolean }).aborted ? interrupted(signal) : engineFailure(error);
    } finally {
      clearInterval(repeat);
      signal.removeEventListener('abort', interrupt);
    }
  }
}

function rethrown(error: unknown): never {
  throw engineFailure(error);
}

/** Why a use ended early: the reason that its signal carries. */
export function interrupted(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  const timedOut = reason instanceof DOMException && reason.name === 'TimeoutError';
  return timedOut
    ? new Problem('query-timeout', 'the query was stopped: it took too long')
    : reason instanceof Error
      ? reason
      : new Error('the query was stopped');
}
