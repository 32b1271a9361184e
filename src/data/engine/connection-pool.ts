import type { DuckDBInstance } from '@duckdb/node-api';

import type { Changes } from './changes.js';
import { interrupted, Session } from './session.js';
import { StatementCache } from './statement-cache.js';

/** A bounded number of connections; who finds none free waits in line. */
export class ConnectionPool {
  private readonly idle: StatementCache[] = [];
  private readonly waiting: ((connection: StatementCache) => void)[] = [];
  private opened = 0;

  constructor(
    private readonly instance: DuckDBInstance,
    private readonly size: number,
    private readonly changes: Changes,
  ) {}

  async withConnection<T>(
    signal: AbortSignal | undefined,
    use: (session: Session) => Promise<T>,
  ): Promise<T> {
    const connection = await this.take(signal);
    try {
      return await use(new Session(connection, signal));
    } finally {
      this.giveBack(connection);
    }
  }

  close(): void {
    for (const connection of this.idle.splice(0)) connection.close();
  }

  private async take(signal: AbortSignal | undefined): Promise<StatementCache> {
    const free = this.idle.pop();
    if (free !== undefined) return free;
    if (this.opened < this.size) {
      this.opened++;
      return new StatementCache(await this.instance.connect(), this.changes);
    }
    return new Promise((resolve, reject) => {
      const take = (connection: StatementCache): void => {
        signal?.removeEventListener('abort', leave);
        resolve(connection);
      };
      const leave = (): void => {
        this.waiting.splice(this.waiting.indexOf(take), 1);
        if (signal !== undefined) reject(interrupted(signal));
      };
      this.waiting.push(take);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  private giveBack(connection: StatementCache): void {
    const next = this.waiting.shift();
    if (next === undefined) this.idle.push(connection);
    else next(connection);
  }
}
