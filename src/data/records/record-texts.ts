import { LRUCache } from 'lru-cache';

import { recordExpression, visibleColumns } from '../query/output.js';
import type { Replica } from '../replica/replica.js';
import type { BackgroundReads } from './background-reads.js';
import { readSmallTable } from './small-table.js';

/** Bytes of one table, and of all together; least recently used go first. */
const MAX_TABLE = 64 * 2 ** 20;
const MAX_ALL = 160 * 2 ** 20;

/** In UTF-8, outside of the heap that the garbage collector looks through. */
type Texts = readonly (Buffer | undefined)[];

/**
 * The records of small tables as JSON texts, by row number. DuckDB is fast at finding rows and slow at
 * collecting all columns of a hundred rows that lie scattered: with the texts at hand it only has to find
 * them. The texts are those of the generation: a record that was edited since is never taken from here.
 */
export class RecordTexts {
  private readonly tables = new LRUCache<string, { texts: Texts | null; size: number }>({
    maxSize: MAX_ALL,
    sizeCalculation: ({ size }) => size,
  });

  constructor(private readonly reads: BackgroundReads) {}

  /** Whether the texts of this replica are here; if not, they are fetched in the background. */
  has(replica: Replica): boolean {
    const known = this.tables.get(replica.table);
    if (known === undefined) this.reads.start(replica, () => this.fill(replica));
    return known !== undefined && known.texts !== null;
  }

  /** The texts of some records, or null where one of them was edited or is not here. */
  take(replica: Replica, places: readonly number[]): readonly string[] | null {
    const texts = this.tables.get(replica.table)?.texts ?? [];
    const found: string[] = [];
    for (const place of places) {
      const text = texts[place];
      if (text === undefined || replica.edited.has(place)) return null;
      found.push(text.toString());
    }
    return found;
  }

  private async fill(replica: Replica): Promise<void> {
    const texts: Buffer[] = [];
    const record = recordExpression(visibleColumns(replica.schema));
    const size = await readSmallTable(replica, [record], MAX_TABLE, (row, [text = '']) => {
      const bytes = Buffer.from(text);
      texts[row] = bytes;
      return bytes.length;
    });
    const held = size === null ? { texts: null, size: 1 } : { texts, size: size + 1 };
    this.tables.set(replica.table, held);
  }
}
