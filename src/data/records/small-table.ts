import type { Replica } from '../replica/replica.js';
import { ROW_ID } from '../schema.js';

/** A table with more rows is not held in memory. */
const MAX_ROWS = 100_000;

/**
 * Reads all rows of a small table as texts.
 * @param texts SQL of the texts of a row
 * @param limit size that may be held
 * @param take gets the number of each row and its texts, and gives the size of what it keeps of them
 * @returns the size of all that was kept; null where the table is not small
 */
export function readSmallTable(
  replica: Replica,
  texts: readonly string[],
  limit: number,
  take: (row: number, texts: readonly string[]) => number,
): Promise<number | null> {
  const { table } = replica;
  return replica.ask(
    async (session) => {
      const [count] = await session.rows(`SELECT count(*) FROM ${table}`);
      if (Number(count?.[0]) > MAX_ROWS) return null;
      let size = 0;
      const result = await session.stream(`SELECT ${ROW_ID}, ${texts.join(', ')} FROM ${table}`);
      for await (const chunk of result) {
        const [rows, ...columns] = chunk.getColumns() as [bigint[], ...string[][]];
        rows.forEach((row, index) => {
          const cells = columns.map((column) => column[index] ?? '');
          size += take(Number(row), cells);
        });
        if (size > limit) return null;
      }
      return size;
    },
    { timeout: false },
  );
}
