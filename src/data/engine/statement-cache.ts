import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api';
import { LRUCache } from 'lru-cache';

const MAX_STATEMENTS = 64;

/** The statements that a connection has prepared lately: planning costs as much as a small query. */
export class StatementCache {
  private readonly statements = new LRUCache<string, DuckDBPreparedStatement>({
    max: MAX_STATEMENTS,
    dispose: (statement) => {
      statement.destroySync();
    },
  });

  constructor(readonly connection: DuckDBConnection) {}

  async prepare(sql: string): Promise<DuckDBPreparedStatement> {
    const known = this.statements.get(sql);
    if (known !== undefined) return known;
    const statement = await this.connection.prepare(sql);
    this.statements.set(sql, statement);
    return statement;
  }

  close(): void {
    this.statements.clear();
    this.connection.closeSync();
  }
}
