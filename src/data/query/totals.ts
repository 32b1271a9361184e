import { LRUCache } from 'lru-cache';

const KEPT = 1_000;

/**
 * How many rows matched which filter, so that the pages behind the first need not count again. A total
 * belongs to one edit: after another one it is not given any more.
 */
export class Totals {
  private readonly totals = new LRUCache<string, { edit: number; total: number }>({ max: KEPT });

  /** The total of a filter at an edit; null where it is not known. */
  at(edit: number, filter: string): number | null {
    const found = this.totals.get(filter);
    return found?.edit === edit ? found.total : null;
  }

  keep(edit: number, filter: string, total: number): void {
    const known = this.totals.get(filter);
    if (known === undefined || known.edit <= edit) this.totals.set(filter, { edit, total });
  }
}
