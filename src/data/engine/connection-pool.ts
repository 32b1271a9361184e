import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

import { Session } from './session.js';

/** A bounded number of connections; who finds none free waits in line. */
export class ConnectionPool {
  private readonly idle: DuckDBConnection[] = [];
  private readonly waiting: ((connection: DuckDBConnection) => void)[] = [];
  private opened = 0;

  constructor(
    private readonly instance: DuckDBInstance,
    private readonly size: number,
  ) {}

  async withConnection<T>(
    signal: AbortSignal | undefined,
    use: (session: Session) => Promise<T>,
  ): Promise<T> {
    const connection = await this.take();
    try {
      return await use(new Session(connection, signal));
    } finally {
      this.giveBack(connection);
    }
  }

  close(): void {
    for (const connection of this.idle.splice(0)) connection.closeSync();
  }

  private async take(): Promise<DuckDBConnection> {
    const free = this.idle.pop();
    if (free !== undefined) return free;
    if (this.opened < this.size) {
      this.opened++;
      return this.instance.connect();
    }
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private giveBack(connection: DuckDBConnection): void {
    const next = this.waiting.shift();
    if (next === undefined) this.idle.push(connection);
    else next(connection);
  }
}
