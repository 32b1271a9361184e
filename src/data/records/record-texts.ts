import { LRUCache } from 'lru-cache';

import { recordExpression, visibleColumns } from '../query/output.js';
import type { Replica } from '../replica/replica.js';
import { ROW_ID } from '../schema.js';

/** A table with more rows, or with more text, is not held. */
const MAX_ROWS = 100_000;
const MAX_CHARACTERS = 32 * 2 ** 20;
/** Of all tables together; least recently used go first. */
const MAX_ALL = 96 * 2 ** 20;

type Texts = readonly (string | undefined)[];

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
  private readonly filling = new Set<string>();

  constructor(private readonly onError: (dataset: string, error: unknown) => void) {}

  /** Whether the texts of this replica are here; if not, they are fetched in the background. */
  has(replica: Replica): boolean {
    const known = this.tables.get(replica.table);
    if (known === undefined) void this.fill(replica);
    return known !== undefined && known.texts !== null;
  }

  /** The texts of some records, or null where one of them was edited or is not here. */
  take(replica: Replica, places: readonly number[]): readonly string[] | null {
    const texts = this.tables.get(replica.table)?.texts ?? [];
    const found: string[] = [];
    for (const place of places) {
      const text = texts[place];
      if (text === undefined || replica.edited.has(place)) return null;
      found.push(text);
    }
    return found;
  }

  private async fill(replica: Replica): Promise<void> {
    const { table } = replica;
    if (this.filling.has(table)) return;
    this.filling.add(table);
    try {
      this.tables.set(table, await textsOf(replica));
    } catch (error) {
      this.onError(replica.dataset, error);
    } finally {
      this.filling.delete(table);
    }
  }
}

async function textsOf(replica: Replica): Promise<{ texts: Texts | null; size: number }> {
  const { table, schema } = replica;
  const none = { texts: null, size: 1 };
  return replica.ask(
    async (session) => {
      const [count] = await session.rows(`SELECT count(*) FROM ${table}`);
      if (Number(count?.[0]) > MAX_ROWS) return none;
      const texts: string[] = [];
      let size = 1;
      const result = await session.stream(
        `SELECT ${ROW_ID}, ${recordExpression(visibleColumns(schema))} FROM ${table}`,
      );
      for await (const chunk of result) {
        const [places, records] = chunk.getColumns() as [bigint[], string[]];
        places.forEach((place, index) => {
          const text = records[index] ?? '';
          texts[Number(place)] = text;
          size += text.length;
        });
        if (size > MAX_CHARACTERS) return none;
      }
      return { texts, size };
    },
    { timeout: false },
  );
}
