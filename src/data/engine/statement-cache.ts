import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api';
import { LRUCache } from 'lru-cache';

import type { SqlValue } from '../../analyses/analysis.js';
import type { Changes } from './changes.js';

const MAX_STATEMENTS = 64;

/**
 * The statements that a connection has prepared lately: planning costs as much as a small query. A plan relies on
 * what the data were like when it was made (a column without nulls, the range of its values) and finds wrong rows
 * after a change, so it is used as long as nothing has changed since.
 */
export class StatementCache {
  private readonly statements = new LRUCache<string, DuckDBPreparedStatement>({
    max: MAX_STATEMENTS,
    dispose: (statement) => {
      statement.destroySync();
    },
  });
  private preparedAt: number | null = null;

  constructor(
    readonly connection: DuckDBConnection,
    private readonly changes: Changes,
  ) {}

  async rows(sql: string, values: readonly SqlValue[]): Promise<unknown[][]> {
    const { state } = this.changes;
    if (state !== null) {
      const rows = await this.prepared(sql, values, state);
      if (rows !== null) return rows;
    }
    return (await this.connection.runAndReadAll(sql, [...values])).getRows();
  }

  close(): void {
    this.statements.clear();
    this.connection.closeSync();
  }

  /** null where the data changed meanwhile: the rows may be wrong, and so may be an error. */
  private async prepared(
    sql: string,
    values: readonly SqlValue[],
    state: number,
  ): Promise<unknown[][] | null> {
    try {
      const statement = await this.prepare(sql, state);
      if (values.length > 0) statement.bind([...values]);
      const rows = (await statement.runAndReadAll()).getRows();
      return this.changes.state === state ? rows : null;
    } catch (error) {
      if (this.changes.state === state) throw error;
      return null;
    }
  }

  private async prepare(sql: string, state: number): Promise<DuckDBPreparedStatement> {
    if (this.preparedAt !== state) this.statements.clear();
    this.preparedAt = state;
    const known = this.statements.get(sql);
    if (known !== undefined) return known;
    const statement = await this.connection.prepare(sql);
    this.statements.set(sql, statement);
    return statement;
  }
}
