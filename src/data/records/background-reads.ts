import type { Replica } from '../replica/replica.js';

/** Reads of tables into memory that nobody waits for: one at a time of each table; what goes wrong is told. */
export class BackgroundReads {
  private readonly reading = new Set<string>();

  constructor(private readonly onError: (dataset: string, error: unknown) => void) {}

  /** Starts a read, unless one of this table is under way. */
  start({ table, dataset }: Replica, read: () => Promise<void>): void {
    if (this.reading.has(table)) return;
    this.reading.add(table);
    read()
      .catch((error: unknown) => {
        this.onError(dataset, error);
      })
      .finally(() => this.reading.delete(table));
  }
}
