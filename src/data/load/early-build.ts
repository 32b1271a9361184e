import type { DuckDBConnection } from '@duckdb/node-api';

import type { Column } from '../schema.js';
import { createTables, dropTables } from './build.js';
import type { Guess } from './inference.js';
import type { Source } from './source.js';
import { SQL_TYPES } from './text-values.js';
import type { InferredColumn } from './type-test.js';

/**
 * Builds the tables of a small file with the types that it looks to have, while another connection tests them
 * over all rows: either takes one thread about the same time.
 */
export class EarlyBuild {
  private readonly building: Promise<void>;

  private constructor(
    private readonly connection: DuckDBConnection,
    source: Source,
    private readonly columns: readonly Column[],
    given: readonly Column[],
  ) {
    this.building = createTables(connection, source, columns, given);
    this.building.catch(() => undefined); // thrown where it is awaited
  }

  /**
   * @param given columns whose type was said beforehand
   * @returns null where values may be nested: how deeply is looked at before they are read
   */
  static begin(
    connection: DuckDBConnection,
    source: Source,
    columns: readonly Column[],
    given: readonly Column[],
  ): EarlyBuild | null {
    if (columns.some(({ type }) => type === 'json')) return null;
    return new EarlyBuild(connection, source, columns, given);
  }

  /** Waits until the tables are built, if these are the columns; else takes back what is there of them. */
  async finish(columns: readonly Column[]): Promise<boolean> {
    const fits = columns.every(
      ({ type }, index) => SQL_TYPES[type] === SQL_TYPES[this.columns[index]?.type ?? 'json'],
    );
    if (fits) await this.building;
    else await this.takeBack();
    return fits;
  }

  async takeBack(): Promise<void> {
    this.connection.interrupt();
    await this.building.catch(() => undefined);
    await dropTables(this.connection);
  }
}

/** What a column looks to be; text where nothing is certain. */
export const likely = ({ candidates, certain }: Guess): InferredColumn => ({
  type: (certain ? candidates[0]?.type : undefined) ?? 'text',
  nulls: 0,
  coerced: 0,
});
